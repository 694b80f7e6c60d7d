import { type ApiObject, type ApiObjectMetadataDefinition, type App } from 'cdk8s';
import { contentOf, resolvesAsUsual } from './cdk8s-internals';
import { stringifyDocuments, stringifyManifest, withoutEmpty } from './yaml';
import type { Json } from '../definition/json';

/** Takes the metadata of an object as the user made them, and returns what is written. */
export type MetadataLayer = (own: Json) => Json;

const LAYER = Symbol.for('cdk8s-golden-path.MetadataLayer');

type LayeredMetadata = ApiObjectMetadataDefinition & { [LAYER]?: MetadataLayer };

/** Puts computed metadata below those that the user adds to the object itself. */
export function layMetadataUnder(object: ApiObject, lay: MetadataLayer): void {
  const metadata = object.metadata as LayeredMetadata;
  metadata[LAYER] = lay;
  metadata.toJson = layeredToJson;
}

function layeredToJson(this: LayeredMetadata): Json {
  return this[LAYER]!(Object.getPrototypeOf(this).toJson.call(this));
}

/** An object as it is written. */
export interface WrittenObject {
  readonly kind: string;
  readonly name: string;
  readonly yaml: string;
}

/**
 * Writes objects, byte for byte as cdk8s writes what their `toJson()` gives, but in one walk over each instead of seven. What is unusual
 * (typed objects, patches, tokens, resolvers of the app's own) goes the way of cdk8s.
 */
export class ObjectWriter {
  private readonly usual: boolean;

  public constructor(app: App) {
    this.usual = resolvesAsUsual(app) && !process.env.CDK8S_DISABLE_SORT;
  }

  /** @param fields top-level fields that somebody has rendered already */
  public write(object: ApiObject, fields: Json): WrittenObject {
    const yaml = this.usual ? usualYaml(object, fields) : undefined;
    if (yaml !== undefined) {
      return { kind: object.kind, name: object.name, yaml };
    }
    const json = object.toJson();
    return { kind: json?.kind, name: json?.metadata?.name, yaml: stringifyDocuments([json]) };
  }
}

function usualYaml(object: ApiObject, rendered: Json): string | undefined {
  const lay = (object.metadata as LayeredMetadata)[LAYER];
  const content = contentOf(object, lay && layeredToJson);
  if (!content || content.patches.length > 0) {
    return undefined;
  }
  try {
    const own = withoutEmpty(content.metadata) as Json;
    return stringifyManifest(content.fields, { ...rendered, metadata: lay ? lay(own) : own });
  } catch {
    // What is wrong with it cdk8s says in its own words.
    return undefined;
  }
}
