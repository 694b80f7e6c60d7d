import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { mayDepend } from '../diagnostics/constructs-internals';

/** A circle of dependencies: each of the constructs needs the next, the last needs the first. */
export class DependencyCycle {
  public constructor(public readonly constructs: readonly IConstruct[]) {}
}

/** What an app writes, in the order in which it is to be applied. */
export interface OrderedApp {
  /** The charts, those first that others depend on. */
  readonly charts: readonly Chart[];
  /** The objects of each chart, in the same sense. */
  readonly objects: ReadonlyMap<Chart, readonly ApiObject[]>;
  /** Whether a chart depends on another, which makes cdk8s number the files. */
  readonly hasDependentCharts: boolean;
}

/**
 * Where a dependency between constructs becomes one between objects: every object of the source needs every object of the target.
 * Standing between them, it takes as many edges as there are objects, not their product.
 */
class Junction {
  public constructor(public readonly source: IConstruct, public readonly target: IConstruct) {}
}

type Vertex = IConstruct | Junction;

/** What each vertex needs, in the order in which cdk8s learns of it. */
class Edges {
  private readonly outbound = new Map<Vertex, Set<Vertex>>();

  public add(source: Vertex, target: Vertex): void {
    const targets = this.outbound.get(source);
    if (targets) {
      targets.add(target);
    } else {
      this.outbound.set(source, new Set([target]));
    }
  }

  public of(source: Vertex): readonly Vertex[] {
    return [...this.outbound.get(source) ?? []];
  }

  public get isEmpty(): boolean {
    return this.outbound.size === 0;
  }
}

/** What one walk over an app finds. */
export interface Survey {
  /** Every construct, each before those below it. */
  readonly all: readonly IConstruct[];
  readonly charts: readonly Chart[];
  /** The objects of each chart. */
  readonly objects: ReadonlyMap<Chart, readonly ApiObject[]>;
  /** The dependencies as they were declared. */
  readonly declared: readonly (readonly [source: IConstruct, target: IConstruct])[];
}

/**
 * Walks over an app once, in the order of `findAll()`. What a construct refers to lies anywhere in memory, so each look at it later would
 * take as long again.
 *
 * @param look looks at each construct as well
 */
export function surveyApp(root: IConstruct, look: (construct: IConstruct) => void = () => undefined): Survey {
  const all: IConstruct[] = [];
  const charts: Chart[] = [];
  const objects = new Map<Chart, ApiObject[]>();
  const declared: (readonly [source: IConstruct, target: IConstruct])[] = [];
  // There may be constructs above all charts.
  const visit = (construct: IConstruct, own: ApiObject[] | undefined): void => {
    const { node } = construct;
    all.push(construct);
    look(construct);
    if (mayDepend(node)) {
      node.dependencies.forEach(target => declared.push([construct, target]));
    }
    let below = own;
    if (Chart.isChart(construct)) {
      charts.push(construct);
      below = [];
      objects.set(construct, below);
    } else if (own && ApiObject.isApiObject(construct)) {
      own.push(construct);
    }
    for (const child of node.children) {
      visit(child, below);
    }
  };
  visit(root, undefined);
  return { all, charts, objects, declared };
}

/**
 * Orders an app as cdk8s does, in linear time: cdk8s validates and sorts the whole app once for each chart, without remembering what it
 * has seen. The tree is not changed.
 */
export function orderApp(survey: Survey): OrderedApp | DependencyCycle {
  const { all, charts, objects } = survey;
  const chartOf = chartFinder();
  const edges = new Edges();
  const hasDependentCharts = addDeclared(survey, chartOf, edges);
  if (edges.isEmpty) {
    return { charts, objects, hasDependentCharts };
  }
  // A circle is easier to understand between the constructs that declare it than between their objects.
  const vertices = byPath(all);
  const declared = sort(vertices, vertex => edges.of(vertex));
  if (declared instanceof DependencyCycle) {
    return declared;
  }
  const dependent = addBetweenObjects(all, chartOf, edges);
  const sorted = sort(vertices, vertex => edges.of(vertex));
  if (sorted instanceof DependencyCycle) {
    return sorted;
  }
  const inOrder = new Map(objects);
  for (const chart of dependent) {
    // What has no circle as a whole has none in a part.
    const below = sort(chart.node.findAll(), vertex => edges.of(vertex)) as readonly IConstruct[];
    inOrder.set(chart, below.filter(ApiObject.isApiObject).filter(object => chartOf(object as ApiObject) === chart) as ApiObject[]);
  }
  return { charts: sorted.filter(Chart.isChart), objects: inOrder, hasDependentCharts };
}

/** The chart that a construct belongs to; there may be constructs above all charts. */
type ChartFinder = (construct: IConstruct) => Chart | undefined;

function chartFinder(): ChartFinder {
  const known = new Map<IConstruct, Chart | undefined>();
  const find: ChartFinder = construct => {
    if (Chart.isChart(construct)) {
      return construct;
    }
    if (!known.has(construct)) {
      const { scope } = construct.node;
      known.set(construct, scope && find(scope));
    }
    return known.get(construct);
  };
  return find;
}

/**
 * What the user declared, charts in charts, and what both mean for charts.
 *
 * @returns whether a chart depends on another
 */
function addDeclared({ charts, declared }: Survey, chartOf: ChartFinder, edges: Edges): boolean {
  let hasDependentCharts = false;
  const addBetween = (chart: Chart): void => {
    const { scope } = chart.node;
    if (scope && Chart.isChart(scope)) {
      edges.add(scope, chart);
      hasDependentCharts = true;
    }
  };
  declared.forEach(([source, target]) => edges.add(source, target));
  charts.forEach(addBetween);
  for (const [construct, dependency] of declared) {
    const [source, target] = [chartOf(construct), chartOf(dependency)];
    if (source && target && source !== target) {
      edges.add(source, target);
      hasDependentCharts = true;
    }
  }
  return hasDependentCharts;
}

/**
 * What the dependencies mean for the objects below the constructs.
 *
 * @returns the charts that have dependencies inside
 */
function addBetweenObjects(all: readonly IConstruct[], chartOf: ChartFinder, edges: Edges): ReadonlySet<Chart> {
  const dependent = new Set<Chart>();
  const known = new Map<IConstruct, readonly IConstruct[]>();
  const objectsBelow = (construct: IConstruct): readonly IConstruct[] => {
    const found = known.get(construct)
      ?? construct.node.findAll().filter(below => ApiObject.isApiObject(below) && chartOf(below) === chartOf(construct));
    known.set(construct, found);
    return found;
  };
  const pairs = all.flatMap(source => (edges.of(source) as readonly IConstruct[]).map(target => [source, target] as const));
  for (const [source, target] of pairs) {
    const chart = chartOf(target);
    if (chart && source.node.scopes.includes(chart)) {
      dependent.add(chart);
    }
    const [sources, targets] = [objectsBelow(source), objectsBelow(target)];
    if (source.node.scopes.includes(target) || target.node.scopes.includes(source)) {
      // One lies in the other; an object does not need itself.
      sources.forEach(object => targets.filter(needed => needed !== object).forEach(needed => edges.add(object, needed)));
    } else if (sources.length > 0 && targets.length > 0) {
      const junction = new Junction(source, target);
      sources.forEach(object => edges.add(object, junction));
      targets.forEach(object => edges.add(junction, object));
    }
  }
  return dependent;
}

/** cdk8s keeps its vertices in an object by path, and an object lists whole numbers first. */
function byPath(constructs: readonly IConstruct[]): IConstruct[] {
  return Object.values(Object.fromEntries(constructs.map(construct => [construct.node.path, construct])));
}

/** Depth first, what is depended on before what depends on it, each construct once. */
function sort(constructs: readonly IConstruct[], outbound: (vertex: Vertex) => readonly Vertex[]): IConstruct[] | DependencyCycle {
  const known = new Set<Vertex>(constructs);
  const targets = new Map<Vertex, readonly Vertex[]>();
  const learn = (vertex: Vertex): void => {
    targets.set(vertex, outbound(vertex).filter(target => target instanceof Junction || known.has(target)));
  };
  constructs.forEach(learn);
  new Set([...targets.values()].flat().filter(vertex => vertex instanceof Junction)).forEach(learn);
  const needed = new Set([...targets.values()].flat());
  const done = new Set<Vertex>();
  const open = new Set<Vertex>();
  // Roots first, as cdk8s does; what is left then lies on a circle.
  for (const start of [...constructs.filter(construct => !needed.has(construct)), ...constructs]) {
    const stack: { vertex: Vertex; next: number }[] = done.has(start) ? [] : [{ vertex: start, next: 0 }];
    open.add(start);
    while (stack.length > 0) {
      const frame = stack[stack.length - 1];
      const target = targets.get(frame.vertex)![frame.next++];
      if (target === undefined) {
        stack.pop();
        open.delete(frame.vertex);
        done.add(frame.vertex);
      } else if (open.has(target)) {
        const circle = stack.map(({ vertex }) => vertex);
        return new DependencyCycle(circle.slice(circle.indexOf(target)).filter(isConstruct));
      } else if (!done.has(target)) {
        open.add(target);
        stack.push({ vertex: target, next: 0 });
      }
    }
    open.delete(start);
  }
  return [...done].filter(isConstruct);
}

function isConstruct(vertex: Vertex): vertex is IConstruct {
  return !(vertex instanceof Junction);
}
