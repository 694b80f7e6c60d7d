import type { Construct, IConstruct, Node } from 'constructs';

/**
 * Makes what stands below a construct part of the app only while a condition holds. It is asked whenever the tree is walked, so what it
 * depends on may be said later.
 *
 * @param make makes what stands there when somebody first looks while the condition holds, where nothing else asks for it
 */
export function presentWhile(container: Construct, condition: () => boolean, make?: () => void): void {
  const { node } = container;
  let unmade = make;
  const isPresent = (): boolean => {
    const present = condition();
    if (present && unmade) {
      const first = unmade;
      unmade = undefined;
      first();
    }
    return present;
  };
  const prototype = Object.getPrototypeOf(node) as Node;
  const all = Object.getOwnPropertyDescriptor(prototype, 'children')!.get!;
  Object.defineProperty(node, 'children', { configurable: true, get: (): IConstruct[] => isPresent() ? all.call(node) : [] });
  Object.defineProperty(node, 'tryFindChild', {
    configurable: true,
    value: (id: string): IConstruct | undefined => isPresent() ? prototype.tryFindChild.call(node, id) : undefined,
  });
}
