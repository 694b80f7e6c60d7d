import type { IValidation, Node } from 'constructs';

/**
 * What `constructs` keeps to itself, or gives as a copy only. It is read here and nowhere else. Where it is kept in another way, the answers
 * are those that cost more time; test/diagnostics/constructs-internals.test.ts fails then.
 */
interface NodeContent {
  readonly _validations?: readonly IValidation[];
  readonly _dependencies?: ReadonlySet<unknown>;
}

/** Whether a node has no validations but this one. */
export function hasOnly(node: Node, own: IValidation | undefined): boolean {
  const { _validations: validations } = node as unknown as NodeContent;
  return Array.isArray(validations) && (validations.length === 0 || validations.length === 1 && validations[0] === own);
}

/** Whether a node depends on others, as far as one can tell without asking for them. */
export function mayDepend(node: Node): boolean {
  return (node as unknown as NodeContent)._dependencies?.size !== 0;
}
