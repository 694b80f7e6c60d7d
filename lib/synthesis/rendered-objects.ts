import { type ApiObject, App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ObjectWriter, type WrittenObject } from './object-yaml';
import type { Json } from '../definition/json';

const CURRENT = Symbol.for('cdk8s-golden-path.RenderedObjects');

/**
 * The objects of an app while it is synthesised. What a check renders to judge it is what is written, so nothing is rendered twice;
 * it is kept as text, which takes a fraction of the memory. Whoever asks an object for its JSON at other times has it rendered anew.
 */
export class RenderedObjects {
  /** Those of the app that a construct belongs to, while it is synthesised. */
  public static of(construct: IConstruct): RenderedObjects | undefined {
    return (App.of(construct) as { [CURRENT]?: RenderedObjects })[CURRENT];
  }

  /** Collects what is rendered during an action. */
  public static during<T>(app: App, action: (rendered: RenderedObjects) => T): T {
    const holder = app as { [CURRENT]?: RenderedObjects };
    holder[CURRENT] = new RenderedObjects(app);
    try {
      return action(holder[CURRENT]);
    } finally {
      delete holder[CURRENT];
    }
  }

  private readonly known = new Map<object, unknown>();
  private readonly objects = new Map<ApiObject, WrittenObject>();
  private readonly writer: ObjectWriter;

  private constructor(app: App) {
    this.writer = new ObjectWriter(app);
  }

  /** What is the same for several objects, computed for the first of them. */
  public once<T>(key: object, compute: () => T): T {
    let value = this.known.get(key) as T | undefined;
    if (value === undefined) {
      value = compute();
      this.known.set(key, value);
    }
    return value;
  }

  /** Takes the fields of an object that are rendered already. */
  public keep(object: ApiObject, fields: Json): WrittenObject {
    const rendered = this.writer.write(object, fields);
    this.objects.set(object, rendered);
    return rendered;
  }

  public get(object: ApiObject): WrittenObject {
    return this.objects.get(object) ?? this.keep(object, {});
  }
}
