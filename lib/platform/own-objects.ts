import type { IConstruct } from 'constructs';

const OWN = Symbol.for('cdk8s-golden-path.Own');

/** Notes that an object is of this package, where a check of its maker holds it to the policies above. */
export function markOwn(object: IConstruct): void {
  (object as { [OWN]?: true })[OWN] = true;
}

/** Whether an object is of this package. */
export function isOwn(object: IConstruct): boolean {
  return OWN in object;
}
