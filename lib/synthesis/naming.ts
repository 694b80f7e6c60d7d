import type { IConstruct } from 'constructs';

/** Ids that say nothing by themselves: their owner's name is meant. */
const TRANSPARENT_IDS = new Set(['Default', 'Resource']);

/** The name of an object: the user's, else the id of its construct. Never a hash, never cut. */
export function nameOf(construct: IConstruct, name?: string): string {
  if (name !== undefined) {
    return name;
  }
  const { id, scope } = construct.node;
  return TRANSPARENT_IDS.has(id) && scope ? nameOf(scope) : id;
}
