import type { IConstruct } from 'constructs';
import { counted, fail } from './assertion-error';
import type { ObjectQuery } from './object-query';
import type { ReferenceOptions } from './reference-options';
import { TestedApp, type TestedObject } from './tested-app';
import { unresolvedReferences } from './unresolved';
import { formatDiagnostic } from '../diagnostics/diagnostic';
import { valueLines } from '../reports/field-text';
import { diffSubset, type FieldChange } from '../reports/value-diff';
import { Artifacts } from '../synthesis/artifact';

/**
 * What an app, an environment, a chart or any other construct becomes, for tests of your own, in any framework and language: an assertion that
 * does not hold throws an error that says what is otherwise.
 *
 * Nothing is written. The app is judged and rendered once, when something is asked first; what comes into it later is not seen. Where it has errors,
 * `hasNoDiagnostics` lists them, and everything else fails by them.
 *
 * @example
 * const manifests = testing.Manifests.of(shop);
 * manifests.hasNoDiagnostics();
 * manifests.allReferencesResolve();
 * manifests.hasObject('Deployment', 'orders', { spec: { template: { spec: { containers: [{ name: 'orders', image: 'ghcr.io/acme/orders:1.4.2' }] } } } });
 * manifests.countIs('Ingress', 0);
 */
export class Manifests {
  /**
   * The objects of a construct and of everything below it.
   *
   * @param scope an app, an environment, a chart or any other construct
   */
  public static of(scope: IConstruct): Manifests {
    return new Manifests(scope);
  }

  private tested?: TestedApp;

  private constructor(private readonly scope: IConstruct) {}

  /** All manifests, in the order of the construct tree. */
  public get objects(): { [key: string]: any }[] {
    return this.rendered(read(this, 'objects')).objects.map(copyOf);
  }

  /**
   * The manifests of a kind.
   *
   * @param kind the kind, for example `Deployment`
   * @param query which of them, all where it is left out
   */
  public findObjects(kind: string, query: ObjectQuery = {}): { [key: string]: any }[] {
    return this.find(kind, query, this.findObjects).map(copyOf);
  }

  /**
   * The manifest of an object. It fails where there is none, or more than one.
   *
   * @param kind the kind, for example `Deployment`
   * @param name its name
   * @param namespace its namespace, any where it is left out
   */
  public getObject(kind: string, name: string, namespace?: string): { [key: string]: any } {
    return copyOf(this.get(kind, name, namespace, this.getObject));
  }

  /**
   * Fails unless there is an object that says this. What is not named may be anything; items of lists are found by their name or key,
   * and lists without any have to be whole.
   *
   * @param kind the kind, for example `Deployment`
   * @param name its name
   * @param subset the fields that it has to have; any will do where it is left out
   * @param namespace its namespace, any where it is left out
   */
  public hasObject(kind: string, name: string, subset: { [key: string]: any } = {}, namespace?: string): void {
    const object = this.get(kind, name, namespace, this.hasObject);
    const changes = diffSubset(subset, object.manifest);
    if (changes.length > 0) {
      fail(`${object.title} is not as expected:\n${changes.flatMap(difference).join('\n')}`, this.hasObject);
    }
  }

  /**
   * Fails unless there are so many objects of a kind.
   *
   * @param kind the kind, for example `Ingress`
   * @param count how many
   * @param query which of them are counted, all where it is left out
   */
  public countIs(kind: string, count: number, query: ObjectQuery = {}): void {
    const found = this.find(kind, query, this.countIs);
    if (found.length !== count) {
      const names = found.length === 0 ? 'there is none' : `there ${found.length === 1 ? 'is' : 'are'} ${found.length}: ${found.map(placeOf).join(', ')}`;
      fail(`Expected ${counted(count, 'object')} of the kind ${kind}, ${names}.`, this.countIs);
    }
  }

  /** Fails where there are errors, or warnings that nobody has acknowledged. */
  public hasNoDiagnostics(): void {
    const { errors, warnings } = this.app;
    const found = [...errors, ...warnings];
    if (found.length > 0) {
      fail(`${counted(errors.length, 'error')} and ${counted(warnings.length, 'warning')}:\n${found.map(formatDiagnostic).join('\n')}`, this.hasNoDiagnostics);
    }
  }

  /**
   * Fails where an object names another that nobody makes: a ConfigMap, Secret, ServiceAccount or PersistentVolumeClaim of a pod, the
   * Service of a route or StatefulSet, the target of an autoscaler; or where a Service or a disruption budget selects no pod. What is optional
   * need not be there. The other objects may lie anywhere in the app, in the same environment.
   *
   * @param options what exists beside the app
   */
  public allReferencesResolve(options: ReferenceOptions = {}): void {
    const lines = unresolvedReferences(this.rendered(this.allReferencesResolve), options.existing ?? []);
    if (lines.length > 0) {
      fail(`${counted(lines.length, 'reference')} ${lines.length === 1 ? 'leads' : 'lead'} nowhere:\n${lines.map(line => `  ${line}`).join('\n')}`, this.allReferencesResolve);
    }
  }

  /** The paths of the artefacts of the app, below their folder. */
  public get artifactPaths(): string[] {
    this.rendered(read(this, 'artifactPaths'));
    return Artifacts.of(this.scope).list().map(({ path }) => path);
  }

  /**
   * The text of an artefact of the app. It fails where there is none.
   *
   * @param path its path below the folder of the artefacts, for example `images/orders/Dockerfile`
   */
  public artifact(path: string): string {
    this.rendered(this.artifact);
    const text = Artifacts.of(this.scope).render(path);
    if (text === undefined) {
      const paths = Artifacts.of(this.scope).list().map(artifact => artifact.path);
      fail(`There is no artefact '${path}'; ${paths.length === 0 ? 'there is none at all' : `there are ${paths.join(', ')}`}.`, this.artifact);
    }
    return text;
  }

  private get app(): TestedApp {
    this.tested ??= new TestedApp(this.scope);
    return this.tested;
  }

  private rendered(called: (...args: any[]) => unknown): TestedApp {
    const { errors } = this.app;
    if (errors.length > 0) {
      fail(`There are no manifests, for there ${errors.length === 1 ? 'is' : 'are'} ${counted(errors.length, 'error')}:\n${errors.map(formatDiagnostic).join('\n')}`, called);
    }
    return this.app;
  }

  private find(kind: string, query: ObjectQuery, called: (...args: any[]) => unknown): TestedObject[] {
    return this.rendered(called).objects.filter(object => object.kind === kind
      && (query.name ?? object.name) === object.name
      && (query.namespace ?? object.namespace) === object.namespace
      && (query.apiVersion ?? object.manifest.apiVersion) === object.manifest.apiVersion);
  }

  private get(kind: string, name: string, namespace: string | undefined, called: (...args: any[]) => unknown): TestedObject {
    const found = this.find(kind, { name, ...namespace !== undefined && { namespace } }, called);
    if (found.length > 1) {
      fail(`There are ${found.length} of ${kind} ${name}: ${found.map(placeOf).join(', ')}. Name the namespace, or ask the environment or chart alone.`, called);
    }
    return found[0] ?? fail(`There is no ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}; ${this.alternatives(kind)}.`, called);
  }

  private alternatives(kind: string): string {
    const { objects } = this.app;
    const same = objects.filter(object => object.kind === kind);
    if (same.length > 0) {
      return `there ${same.length === 1 ? 'is' : 'are'} ${same.map(placeOf).join(', ')}`;
    }
    const kinds = [...new Set(objects.map(object => object.kind))].sort();
    return kinds.length === 0 ? 'there is no object at all' : `there are objects of the kinds ${kinds.join(', ')}`;
  }
}

function copyOf({ manifest }: TestedObject): { [key: string]: any } {
  return structuredClone(manifest);
}

/** Such as `shop/orders (prod)`. */
function placeOf({ namespace, name, environment }: TestedObject): string {
  return `${namespace === '' ? '' : `${namespace}/`}${name}${environment === '' ? '' : ` (${environment})`}`;
}

function difference({ path, before, after }: FieldChange): string[] {
  const [expected, actual] = [before, after].map(value => value === undefined ? ['nothing'] : valueLines(value));
  return expected.length === 1 && actual.length === 1
    ? [`  ${path}: expected ${expected[0]}, is ${actual[0]}`]
    : [`  ${path}: expected`, ...expected.map(line => `      ${line}`), '    is', ...actual.map(line => `      ${line}`)];
}

/** The getter of a property, where a stack of it ends. */
function read(manifests: Manifests, property: string): () => unknown {
  return Object.getOwnPropertyDescriptor(Object.getPrototypeOf(manifests), property)!.get!;
}
