import type { ApiObject, App } from 'cdk8s';
import { ObjectWriter, type WrittenObject } from './object-yaml';
import type { Json } from '../definition/json';

/** Synthesis is one call, so what it renders needs no looking for. An app that is synthesised during another's stands above it. */
let current: RenderedObjects | undefined;

/** What is the same as often as it is asked for during a synthesis, computed once; at other times it may change, and is computed anew. */
export function onceInSynthesis<T>(key: object, compute: () => T): T {
  return current ? current.once(key, compute) : compute();
}

/**
 * The objects of an app while it is synthesised. What a check renders to judge it is what is written, so nothing is rendered twice;
 * it is kept as text, which takes a fraction of the memory. Whoever asks an object for its JSON at other times has it rendered anew.
 */
export class RenderedObjects {
  /** Those of the app that is being synthesised. */
  public static get current(): RenderedObjects | undefined {
    return current;
  }

  /** Collects what is rendered during an action. */
  public static during<T>(app: App, action: (rendered: RenderedObjects) => T): T {
    const before = current;
    current = new RenderedObjects(app);
    try {
      return action(current);
    } finally {
      current = before;
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

  /** What was asked for before may have changed. */
  public forget(): void {
    this.known.clear();
    this.objects.clear();
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
