/**
 * An error that prints as its message alone: a stack would show this library's code, and what is to be mended lies elsewhere.
 *
 * Node prints the line of code as well that threw it or, where a promise stands between, made it. In a bundle such a line has thousands
 * of letters. It prints none that holds the text below; a comment would not outlive the bundler.
 *
 * @internal
 */
export class PlainError extends Error {
  public constructor(message: string, name = 'Error') {
    super(message);
    Error.captureStackTrace(this, 'node-do-not-add-exception-line' as never);
    // Without a stack node prints name and message alone; what can be enumerated it would print once more.
    Object.defineProperties(this, {
      name: { value: name, enumerable: false },
      stack: { value: undefined, enumerable: false },
    });
  }
}

/** @internal */
export function throwPlain(error: PlainError): never {
  throw Object.defineProperty(error, 'node-do-not-add-exception-line', { value: true });
}
