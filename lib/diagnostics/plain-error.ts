/**
 * An error that prints as its message alone: a stack would show this library's code, and what is to be mended lies elsewhere.
 *
 * @internal
 */
export class PlainError extends Error {
  public constructor(message: string, name = 'Error') {
    super(message);
    // Without a stack node prints name and message alone; what can be enumerated it would print once more.
    Object.defineProperties(this, {
      name: { value: name, enumerable: false },
      stack: { value: undefined, enumerable: false },
    });
  }
}
