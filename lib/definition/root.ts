import type { IConstruct } from 'constructs';

/**
 * Something that an app has one of, kept at its root by a symbol and made when it is first asked for.
 *
 * @param make gets the root
 */
export function ofApp<T extends object>(construct: IConstruct, symbol: symbol, make: (root: IConstruct) => T): T {
  const root = rootOf(construct) as IConstruct & { [key: symbol]: T | undefined };
  return root[symbol] ??= make(root);
}

/** `node.root` makes a list of all that lies between, which adds up where every construct asks. */
function rootOf(construct: IConstruct): IConstruct {
  let root = construct;
  for (let above = root.node.scope; above; above = above.node.scope) {
    root = above;
  }
  return root;
}
