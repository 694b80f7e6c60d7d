import { ApiObject, ApiObjectMetadataDefinition, type App, ImplicitTokenResolver, type JsonPatch, LazyResolver, NumberStringUnionResolver } from 'cdk8s';

/**
 * What cdk8s keeps to itself. It is read here and nowhere else; test/synthesis/cdk8s-internals.test.ts fails when a new cdk8s keeps it
 * in another way.
 */
export interface ObjectContent {
  /** The top-level fields as they were given, metadata among them. */
  readonly fields: { readonly [field: string]: unknown };
  /** The metadata as they are now. */
  readonly metadata: { readonly [field: string]: unknown };
  readonly patches: readonly JsonPatch[];
}

const TO_JSON = ApiObject.prototype.toJson;
const METADATA_TO_JSON = ApiObjectMetadataDefinition.prototype.toJson;
const STOCK_RESOLVERS = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/**
 * What an object holds; nothing where it renders in a way of its own, as typed objects do.
 *
 * @param metadataToJson how its metadata render, where somebody has changed that
 */
export function contentOf(object: ApiObject, metadataToJson: unknown = METADATA_TO_JSON): ObjectContent | undefined {
  const { props, patches, metadata, toJson } = object as unknown as {
    props: { [field: string]: unknown };
    patches: JsonPatch[];
    metadata: { [field: string]: unknown; _additionalAttributes: { [field: string]: unknown } };
    toJson: unknown;
  };
  if (toJson !== TO_JSON || metadata.toJson !== metadataToJson) {
    return undefined;
  }
  const { name, namespace, annotations, finalizers, ownerReferences, labels, _additionalAttributes: others } = metadata;
  const own: { [field: string]: unknown } = { annotations, finalizers, labels, name, namespace, ownerReferences };
  for (const field of Object.keys(others)) {
    if (!Object.hasOwn(own, field)) {
      own[field] = others[field];
    }
  }
  return { fields: props, metadata: own, patches };
}

/** Whether the values of an app are resolved as in any app: texts, numbers and plain maps stand for themselves. */
export function resolvesAsUsual({ resolvers }: { readonly resolvers: App['resolvers'] }): boolean {
  return resolvers.length === STOCK_RESOLVERS.length && STOCK_RESOLVERS.every((resolver, index) => resolvers[index].constructor === resolver);
}
