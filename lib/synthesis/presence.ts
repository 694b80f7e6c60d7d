import type { Construct, IConstruct } from 'constructs';

/**
 * Makes what stands below a construct part of the app only while a condition holds. It is asked whenever the tree is walked, so what it
 * depends on may be said later, and nothing is made or taken away during synthesis.
 */
export function presentWhile(container: Construct, condition: () => boolean): void {
  const all = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(container.node), 'children')!.get!;
  Object.defineProperty(container.node, 'children', {
    configurable: true,
    get: (): IConstruct[] => condition() ? all.call(container.node) : [],
  });
}
