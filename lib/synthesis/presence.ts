import type { Construct, IConstruct, Node } from 'constructs';

const IS_PRESENT = Symbol.for('cdk8s-golden-path.IsPresent');

type ConditionalNode = Node & { [IS_PRESENT]: () => boolean };

/** What is laid over the node of a container; the same functions over each, or V8 would keep every such node as a table. */
const OVER_NODE: PropertyDescriptorMap & ThisType<ConditionalNode> = {
  children: {
    configurable: true,
    get(): IConstruct[] {
      return this[IS_PRESENT]() ? Reflect.get(Object.getPrototypeOf(this), 'children', this) : [];
    },
  },
  tryFindChild: {
    configurable: true,
    value(id: string): IConstruct | undefined {
      return this[IS_PRESENT]() ? (Object.getPrototypeOf(this) as Node).tryFindChild.call(this, id) : undefined;
    },
  },
};

/**
 * Makes what stands below a construct part of the app only while a condition holds. It is asked whenever the tree is walked, so what it
 * depends on may be said later.
 *
 * @param make makes what stands there when somebody first looks while the condition holds, where nothing else asks for it
 */
export function presentWhile(container: Construct, condition: () => boolean, make?: () => void): void {
  let unmade = make;
  const node = container.node as ConditionalNode;
  node[IS_PRESENT] = () => {
    const present = condition();
    if (present && unmade) {
      const first = unmade;
      unmade = undefined;
      first();
    }
    return present;
  };
  Object.defineProperties(node, OVER_NODE);
}
