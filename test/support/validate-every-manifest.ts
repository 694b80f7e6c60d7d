/**
 * Validates every manifest that any test renders, and fails the test that rendered an invalid one.
 *
 * jest loads this before each test file (`setupFilesAfterEnv`). Whatever synthesises an app, it asks each object for its
 * manifest through `ApiObject.toJson()`, so that is where the manifests are seen. A `PlatformApp` has a shorter way; after each of its
 * syntheses the objects are asked by `toJson()` as well, and what it wrote has to be the same to the byte.
 */
import { type ApiObject, Yaml } from 'cdk8s';
// It has to come before the library, which remembers how cdk8s renders.
import { observe } from './observed-objects';
import { type KubernetesMinor, NEWEST_MINOR, validateManifest } from './schemas';
import type { WrittenObject } from '../../lib/synthesis/object-yaml';
import { RenderedObjects } from '../../lib/synthesis/rendered-objects';

/** Says by which version of Kubernetes an object is to be judged; nothing means the newest. */
export type MinorOf = (object: ApiObject) => KubernetesMinor | undefined;

let minorOf: MinorOf = () => undefined;
let reason: string | undefined;
const found = new Set<string>();

/** Judges objects by the version that `choose` says, from now on and in this test file. */
export function validateBy(choose: MinorOf): void {
  minorOf = choose;
}

/** Lets the present test render invalid manifests; it fails if it renders none. */
export function expectInvalidManifests(why: string): void {
  reason = why;
}

/** The invalid manifests since the last call, each as a block of text. */
export function takeInvalidManifests(): string[] {
  const taken = [...found];
  found.clear();
  return taken;
}

observe((object, json) => judge(object, json));

const written = new Map<ApiObject, WrittenObject>();
const { keep } = RenderedObjects.prototype;
const { during } = RenderedObjects;

RenderedObjects.prototype.keep = function (this: RenderedObjects, object, fields) {
  const kept = keep.call(this, object, fields);
  written.set(object, kept);
  return kept;
};

RenderedObjects.during = (app, action) => {
  written.clear();
  const result = during.call(RenderedObjects, app, action);
  for (const [object, { yaml }] of written) {
    const expected = Yaml.stringify(object.toJson());
    if (yaml !== expected) {
      throw withoutStack(`${object.node.path} is written in another way than cdk8s does:\n\n${yaml}\ninstead of\n\n${expected}`);
    }
  }
  return result as never;
};

afterEach(failOnInvalidManifests);
afterAll(failOnInvalidManifests);

function judge(object: ApiObject, manifest: any): void {
  const minor = minorOf(object) ?? NEWEST_MINOR;
  const errors = validateManifest(manifest, minor);
  if (errors.length > 0) {
    found.add([`${object.node.path} (${object.apiVersion} ${object.kind}, Kubernetes ${minor})`, ...errors].join('\n    '));
  }
}

function failOnInvalidManifests(): void {
  const invalid = takeInvalidManifests();
  const why = reason;
  reason = undefined;
  if (why === undefined && invalid.length > 0) {
    throw withoutStack(`The test rendered manifests that Kubernetes would refuse:\n\n${invalid.join('\n')}`);
  }
  if (why !== undefined && invalid.length === 0) {
    throw withoutStack(`The test expects invalid manifests (${why}) and rendered none: take expectInvalidManifests() out.`);
  }
}

function withoutStack(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
