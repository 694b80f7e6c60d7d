import { Construct, RootConstruct } from 'constructs';
import { hasOnly, mayDepend } from '../../lib/diagnostics/constructs-internals';

/** When one of these fails, constructs keeps its nodes in another way: read its construct.ts, and mend lib/diagnostics/constructs-internals.ts. */
describe('what constructs keeps to itself', () => {
  const own = { validate: () => [] };
  const other = { validate: () => [] };

  test('the validations of a node', () => {
    const construct = new RootConstruct();
    expect(hasOnly(construct.node, undefined)).toBe(true);
    expect(hasOnly(construct.node, own)).toBe(true);
    construct.node.addValidation(own);
    expect(hasOnly(construct.node, own)).toBe(true);
    expect(hasOnly(construct.node, undefined)).toBe(false);
    construct.node.addValidation(other);
    expect(hasOnly(construct.node, own)).toBe(false);
  });

  test('the dependencies of a node', () => {
    const root = new RootConstruct();
    const construct = new Construct(root, 'a');
    expect(mayDepend(construct.node)).toBe(false);
    construct.node.addDependency(root);
    expect(mayDepend(construct.node)).toBe(true);
  });

  test('a node that keeps them in another way counts as one that has some', () => {
    const { node } = new RootConstruct();
    const changed = Object.create(node, { _validations: { value: undefined }, _dependencies: { value: undefined } }) as typeof node;
    expect(hasOnly(changed, undefined)).toBe(false);
    expect(mayDepend(changed)).toBe(true);
  });
});
