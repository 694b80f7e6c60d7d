import type { IConstruct } from 'constructs';

const CLAIMS = Symbol.for('cdk8s-golden-path.Claims');

/**
 * Notes that a construct claims something of which an app has one.
 *
 * @returns all constructs that claim it, in the order in which they were made; the list grows with later claims
 */
export function claim(construct: IConstruct, key: string): readonly IConstruct[] {
  const root = construct.node.root as IConstruct & { [CLAIMS]?: Map<string, IConstruct[]> };
  if (!root[CLAIMS]) {
    Object.defineProperty(root, CLAIMS, { value: new Map() });
  }
  const claims = root[CLAIMS]!.get(key);
  if (claims) {
    claims.push(construct);
    return claims;
  }
  const first = [construct];
  root[CLAIMS]!.set(key, first);
  return first;
}
