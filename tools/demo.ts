import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = join(__dirname, '..');
const EXAMPLE = 'examples/go-microservice';
const ARTIFACTS = `${EXAMPLE}/artifacts`;
const NAME_WIDTH = 24;

/** An object of the Kubernetes API, as far as this tool reads it. */
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: any;
}

/** What a file among the artefacts is, by its path. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\/Dockerfile$/, 'builds an image'],
  [/\.dockerignore$/, 'what that build may read'],
  [/^docker-bake\.json$/, 'builds all images at once: docker buildx bake'],
  [/^base-images\.json$/, 'the base images, for cdk8s-golden-path images lock'],
  [/^compose\.yaml$/, 'runs the services on this machine: docker compose -f … up --build'],
  [/^compose-secrets\.sh$/, 'makes the secrets that it mounts, in files which version control ignores'],
  [/^secrets\/.*\.sh$/, 'fills in a Secret, whose values are in no file'],
];

/** Runs what `npx cdk8s synth` runs, without asking the registry for a newer CLI. */
function synthesise(): number {
  const cli = join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s');
  return spawnSync(process.execPath, [cli, 'synth', '--check-upgrade=false'], { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

/** The files below a folder, with slashes; hidden ones are notes of the synth to itself. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
    .map(entry => relative(join(ROOT, folder), join(entry.parentPath, entry.name)).replace(/\\/g, '/'))
    .sort();
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function manifestsOf(file: string): Manifest[] {
  return parseAllDocuments(read(file)).map(document => document.toJS()).filter(manifest => manifest !== null);
}

function row(name: string, word: string): string {
  return `  ${name.padEnd(NAME_WIDTH)} ${word}`;
}

/** The images that the manifests name. */
function imagesOf(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap(({ spec }) => (spec?.template?.spec?.containers ?? []).map(({ image }: { image: string }) => image));
}

/** The command at the top of a Dockerfile, with the tag that the manifests ask for. */
function buildCommand(dockerfile: string, images: readonly string[]): string {
  const [, command] = /^#\s+(docker buildx build .+)$/m.exec(read(dockerfile)) ?? [];
  const [, repository] = /"([^"]+):\$\{VERSION\}"/.exec(command ?? '') ?? [];
  const image = images.find(candidate => candidate.startsWith(`${repository}:`));
  if (command === undefined || image === undefined) {
    throw new Error(`${dockerfile} does not say how it is built into one of ${images.join(', ')}.`);
  }
  const [tag] = image.slice(`${repository}:`.length).split('@');
  return command.replace(/\$\{VERSION\}/g, tag).replace('docker buildx build', 'docker buildx build --push');
}

/** API groups that a bare cluster does not know. */
function foreignGroups(manifests: readonly Manifest[]): string[] {
  const groups = manifests.map(({ apiVersion }) => apiVersion.split('/').slice(0, -1).join('/'));
  return [...new Set(groups)].filter(group => group.includes('.') && !group.endsWith('.k8s.io')).sort();
}

/** Certificates that a route takes from a Secret which nobody here makes. */
function certificates(manifests: readonly Manifest[]): string[] {
  const made = manifests.filter(({ kind }) => ['Secret', 'Certificate'].includes(kind)).map(({ metadata }) => metadata.name);
  return manifests.filter(({ kind }) => kind === 'Ingress').flatMap(({ metadata, spec }) => (spec.tls ?? [])
    .filter(({ secretName }: { secretName?: string }) => secretName !== undefined && !made.includes(secretName))
    .map(({ secretName }: { secretName: string }) =>
      `kubectl create secret tls ${secretName} --namespace ${metadata.namespace ?? 'default'} --cert=<certificate> --key=<key>`));
}

function report(): void {
  const { output } = parse(read('cdk8s.yaml')) as { readonly output: string };
  const files = filesBelow(output);
  const manifests = files.flatMap(file => manifestsOf(`${output}/${file}`));
  if (manifests.length === 0) {
    throw new Error(`Nothing was written to ${output}.`);
  }
  const artifacts = filesBelow(ARTIFACTS);
  const images = imagesOf(manifests);
  const dockerfiles = artifacts.filter(file => basename(file) === 'Dockerfile').map(file => `${ARTIFACTS}/${file}`);
  const scripts = artifacts.filter(file => file.startsWith('secrets/')).map(file => `sh ${ARTIFACTS}/${file}`);
  const steps: (readonly [string, readonly string[]])[] = [
    ['Build the images for amd64 and arm64 and push them:', dockerfiles.map(file => buildCommand(file, images))],
    ['Create what the manifests describe:', [`kubectl apply -f ${output}`]],
    ['Fill in the secrets; the pods that need them start then:', scripts],
    ['Give the route its certificate:', certificates(manifests)],
  ];
  console.log([
    '',
    ...files.flatMap(file => [
      `${output}/${file}`,
      ...manifestsOf(`${output}/${file}`).map(({ kind, metadata }) => row(kind, metadata.name)),
      '',
    ]),
    ARTIFACTS,
    ...artifacts.map(file => `  ${file}: ${KINDS.find(([pattern]) => pattern.test(file))?.[1] ?? 'an artefact'}`),
    '',
    'To run it on the cluster that kubectl points to:',
    ...foreignGroups(manifests).map(group => `(The cluster has to know the custom resources of ${group}.)`),
    ...steps.filter(([, commands]) => commands.length > 0).flatMap(([title, commands], index) => [
      '', `${index + 1}. ${title}`, ...commands.map(command => `   ${command}`),
    ]),
    '',
    'IMAGE_TAG=<version> npm run demo writes another tag into the manifests.',
  ].join('\n'));
}

const status = synthesise();
if (status === 0) {
  report();
}
process.exitCode = status;
