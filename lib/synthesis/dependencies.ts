import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

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
 * Orders an app as cdk8s does, in one walk and in linear time: cdk8s validates and sorts the whole app once for each chart, without
 * remembering what it has seen. The tree is not changed.
 */
export function orderApp(root: IConstruct): OrderedApp | DependencyCycle {
  const all = root.node.findAll();
  const chartOf = new Map<IConstruct, Chart>();
  const objects = new Map<Chart, ApiObject[]>();
  const chartEdges = new Map<IConstruct, Set<IConstruct>>();
  const edge = (source: IConstruct, target: IConstruct) => {
    const targets = chartEdges.get(source) ?? new Set();
    targets.add(target);
    chartEdges.set(source, targets);
  };
  let hasDependentCharts = false;

  for (const construct of all) {
    const scope = construct.node.scope;
    const parentChart = scope && chartOf.get(scope);
    if (Chart.isChart(construct)) {
      chartOf.set(construct, construct);
      objects.set(construct, []);
      if (parentChart && scope === parentChart) {
        edge(parentChart, construct);
        hasDependentCharts = true;
      }
    } else if (parentChart) {
      chartOf.set(construct, parentChart);
      if (ApiObject.isApiObject(construct)) {
        objects.get(parentChart)!.push(construct);
      }
    }
  }

  const dependents: IConstruct[] = [];
  for (const construct of all) {
    const dependencies = construct.node.dependencies;
    if (dependencies.length > 0) {
      dependents.push(construct);
    }
    for (const dependency of dependencies) {
      edge(construct, dependency);
      const [source, target] = [chartOf.get(construct), chartOf.get(dependency)];
      if (source && target && source !== target) {
        edge(source, target);
        hasDependentCharts = true;
      }
    }
  }

  const constructs = chartEdges.size === 0 ? all : sort(byPath(all), construct => [...chartEdges.get(construct) ?? []]);
  if (constructs instanceof DependencyCycle) {
    return constructs;
  }
  if (dependents.length > 0) {
    const cycle = sortObjects(objects, dependents, chartOf);
    if (cycle) {
      return cycle;
    }
  }
  return { charts: constructs.filter(Chart.isChart), objects, hasDependentCharts };
}

/**
 * Sorts the objects of each chart by the dependencies of the constructs that they stand in.
 *
 * @returns a circle, where there is one
 */
function sortObjects(
  objects: Map<Chart, ApiObject[]>,
  dependents: readonly IConstruct[],
  chartOf: ReadonlyMap<IConstruct, Chart>,
): DependencyCycle | undefined {
  const edges = new Map<ApiObject, Set<IConstruct>>();
  const below = new Map<IConstruct, IConstruct[]>();
  const objectsBelow = (construct: IConstruct) => {
    const chart = chartOf.get(construct);
    const known = below.get(construct)
      ?? construct.node.findAll().filter(object => ApiObject.isApiObject(object) && chartOf.get(object) === chart);
    below.set(construct, known);
    return known;
  };
  for (const source of dependents) {
    const chart = chartOf.get(source);
    for (const target of source.node.dependencies.filter(dependency => chartOf.get(dependency) === chart)) {
      for (const object of objectsBelow(source)) {
        const targets = edges.get(object as ApiObject) ?? new Set();
        targets.add(target);
        edges.set(object as ApiObject, targets);
      }
    }
  }
  for (const [chart, list] of objects) {
    const needed = (construct: IConstruct) => [...edges.get(construct as ApiObject) ?? []]
      .flatMap(target => objectsBelow(target).filter(object => object !== construct));
    const sorted = sort(byPath<IConstruct>(list), needed);
    if (sorted instanceof DependencyCycle) {
      return sorted;
    }
    objects.set(chart, sorted as ApiObject[]);
  }
  return undefined;
}

/** cdk8s keeps its vertices in an object by path, and an object lists whole numbers first. */
function byPath<T extends IConstruct>(constructs: readonly T[]): T[] {
  return Object.values(Object.fromEntries(constructs.map(construct => [construct.node.path, construct])));
}

/** Depth first, what is depended on before what depends on it, each vertex once. */
function sort(vertices: readonly IConstruct[], outbound: (vertex: IConstruct) => readonly IConstruct[]): IConstruct[] | DependencyCycle {
  const known = new Set(vertices);
  const targets = new Map(vertices.map(vertex => [vertex, outbound(vertex).filter(target => known.has(target))] as const));
  const needed = new Set([...targets.values()].flat());
  const done = new Set<IConstruct>();
  const open = new Set<IConstruct>();
  // Roots first, as cdk8s does; what is left then lies on a circle.
  for (const start of [...vertices.filter(vertex => !needed.has(vertex)), ...vertices]) {
    const stack: { vertex: IConstruct; next: number }[] = done.has(start) ? [] : [{ vertex: start, next: 0 }];
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
        return new DependencyCycle(circle.slice(circle.indexOf(target)));
      } else if (!done.has(target)) {
        open.add(target);
        stack.push({ vertex: target, next: 0 });
      }
    }
    open.delete(start);
  }
  return [...done];
}
