/**
 * Validates every manifest that any test renders, and fails the test that rendered an invalid one.
 *
 * jest loads this before each test file (`setupFilesAfterEnv`). Whatever synthesises an app, it asks each object for its
 * manifest through `ApiObject.toJson()`, so that is where the manifests are seen.
 */
import { ApiObject } from 'cdk8s';
import { type KubernetesMinor, NEWEST_MINOR, validateManifest } from './schemas';

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

const render = ApiObject.prototype.toJson;
/** What the class's own `toJson` starts from while it is asked for the finished manifest. */
let rendered: any;

ApiObject.prototype.toJson = function (this: ApiObject): any {
  if (rendered !== undefined) {
    return rendered;
  }
  const json = render.call(this);
  judge(this, this.toJson === ApiObject.prototype.toJson ? json : finish(this, json));
  return json;
};

afterEach(failOnInvalidManifests);
afterAll(failOnInvalidManifests);

/** Typed objects (those of cdk8s-plus and of `cdk8s import`) rename keys in a `toJson` of their own, after the one of ApiObject. */
function finish(object: ApiObject, json: any): any {
  rendered = json;
  try {
    return object.toJson();
  } finally {
    rendered = undefined;
  }
}

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
