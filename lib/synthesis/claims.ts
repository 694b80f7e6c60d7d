import type { IConstruct } from 'constructs';
import { ofApp } from '../definition/root';

const CLAIMS = Symbol.for('cdk8s-golden-path.Claims');

/**
 * Notes that a construct claims something of which an app has one.
 *
 * @returns all constructs that claim it, in the order in which they were made; the list grows with later claims
 */
export function claim(construct: IConstruct, key: string): readonly IConstruct[] {
  const claims = ofApp(construct, CLAIMS, () => new Map<string, IConstruct[]>());
  const earlier = claims.get(key);
  if (earlier) {
    earlier.push(construct);
    return earlier;
  }
  const first = [construct];
  claims.set(key, first);
  return first;
}
