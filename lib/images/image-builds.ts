import type { IConstruct } from 'constructs';
import { bakeFile } from './bake/bake-file';
import { koFile } from './bake/ko-file';
import type { PlannedBuild } from './bake/planned-build';
import { skaffoldFile } from './bake/skaffold-file';
import { type ExposedPort } from './dockerfile/instructions';
import { LOCK_FILE, readLock } from './image-lock';
import { type Identity, type ImageRecipe, type RecipeContext } from './image-recipe';
import { ContainerImage, type ImageUser } from '../definition/container-image';
import { compareStrings } from '../definition/json';
import { Protocol } from '../definition/port';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, silent, within } from '../diagnostics/report';
import { Model } from '../model/model';
import { type Decisions, Platform } from '../platform/platform';
import { Artifact, Artifacts } from '../synthesis/artifact';
import { type InPlaceFile, mayWrite } from '../synthesis/files';

/** An image that is built here. */
export interface BuiltHere extends ContainerImage {
  readonly _recipe: ImageRecipe;
  /** The name of the image, from the services that run it. */
  _nameFor(services: readonly string[]): string;
  /** Its repository. */
  _repositoryIn(registry: string | undefined, name: string): string;
}

/** One Dockerfile: a recipe, or several equal ones, and all services that run it. */
interface Build {
  readonly name: string;
  readonly recipe: ImageRecipe;
  readonly users: readonly BuildUser[];
}

interface BuildUser {
  readonly image: BuiltHere;
  readonly user: ImageUser;
}

/** The builds of an app by their users, until another service uses an image: everything else about them is read when they are written. */
const BUILDS = new WeakMap<IConstruct, ReadonlyMap<ImageUser, Build>>();

/** The user and group of distroless' nonroot; over 10000, so that it is nobody's on the node. */
const NONROOT = 65532;
/** What every file that is written here says of itself. */
const MARK = 'Written by cdk8s-golden-path: change the definition, not this file.';

/** Takes an image and its user into the model; the first one of an app makes it write Dockerfiles. */
export function registerBuild(image: BuiltHere, user: ImageUser): void {
  const { root } = user.construct.node;
  BUILDS.delete(root);
  if (Model.of(root)._useImage(image, user)) {
    const artifacts = Artifacts.of(root);
    artifacts._provide(() => [...artifactBuilds(root).flatMap(build => files(root, build)), ...buildFiles(root)]);
    artifacts._place(() => builds(root).filter(({ recipe }) => recipe.inPlace !== undefined).flatMap(build => placed(root, build)));
    Diagnostics._check(root, report => checkApp(root, report));
  }
  Diagnostics._check(user.construct, report => check(user, report));
}

/** The services that run an image in one app, each by the name of the first of its containers that does. */
export function serviceNames(root: IConstruct, image: BuiltHere): string[] {
  const byConstruct = new Map<IConstruct, string>();
  for (const { construct, name } of Model.of(root)._images.get(image) ?? []) {
    if (!byConstruct.has(construct)) {
      byConstruct.set(construct, name);
    }
  }
  return [...new Set(byConstruct.values())].sort(compareStrings);
}

/** Finds the build of the image that a container of a service runs; nothing where the image is built elsewhere. */
export function localBuilds(root: IConstruct): (service: IConstruct, container: string) => PlannedBuild | undefined {
  const planned = new Map<Build, PlannedBuild | undefined>();
  const byService = new Map<IConstruct, Map<string, Build>>();
  for (const [user, build] of buildsByUser(root)) {
    const containers = byService.get(user.construct) ?? new Map<string, Build>();
    byService.set(user.construct, containers.set(user.name, build));
    if (!planned.has(build)) {
      planned.set(build, plannedBuild(root, build));
    }
  }
  return (service, container) => {
    const build = byService.get(service)?.get(container);
    return build && planned.get(build);
  };
}

function builds(root: IConstruct): Build[] {
  return [...new Set(buildsByUser(root).values())].sort((a, b) => compareStrings(a.name, b.name));
}

function artifactBuilds(root: IConstruct): Build[] {
  return builds(root).filter(({ recipe }) => recipe.inPlace === undefined);
}

function buildsByUser(root: IConstruct): ReadonlyMap<ImageUser, Build> {
  let byUser = BUILDS.get(root);
  if (!byUser) {
    byUser = new Map(findBuilds(root).flatMap(build => build.users.map(({ user }) => [user, build] as const)));
    BUILDS.set(root, byUser);
  }
  return byUser;
}

function findBuilds(root: IConstruct): Build[] {
  const found = new Map<string, { name: string; recipe: ImageRecipe; users: BuildUser[] }>();
  for (const [image, users] of Model.of(root)._images) {
    if (!isBuiltHere(image)) {
      continue;
    }
    const name = image._nameFor(serviceNames(root, image));
    const key = `${name}\n${image._recipe.key()}`;
    const build = found.get(key) ?? { name, recipe: image._recipe, users: [] };
    build.users.push(...users.map(user => ({ image, user })));
    found.set(key, build);
  }
  return [...found.values()];
}

function isBuiltHere(image: ContainerImage): image is BuiltHere {
  return '_recipe' in image;
}

class BuildFile extends Artifact {
  public constructor(public readonly path: string, private readonly content: string) {
    super();
  }

  public render(): string {
    return this.content;
  }
}

function files(root: IConstruct, build: Build): Artifact[] {
  const rendered = build.recipe.render(contextOf(root, build));
  const path = `images/${build.name}/Dockerfile`;
  return rendered === undefined ? [] : [
    new BuildFile(path, rendered.dockerfile),
    new BuildFile(`${path}.dockerignore`, rendered.ignoreFile),
  ];
}

function placed(root: IConstruct, build: Build): InPlaceFile[] {
  const context = contextOf(root, build);
  const rendered = build.recipe.render(context);
  return rendered === undefined ? [] : [
    { path: context.dockerfilePath, text: rendered.dockerfile, mark: MARK },
    { path: `${context.dockerfilePath}.dockerignore`, text: rendered.ignoreFile, mark: MARK },
  ];
}

/** What is written once for all images of the app. */
function buildFiles(root: IConstruct): Artifact[] {
  const planned = plannedBuilds(root);
  if (planned.length === 0) {
    return [];
  }
  const { imageBuilds } = Platform._decisions(root);
  const images = [...new Set(planned.flatMap(({ plan }) => [...plan.images.keys()]))].sort(compareStrings);
  return [
    new BuildFile('docker-bake.json', bakeFile(planned, imageBuilds)),
    new BuildFile('base-images.json', `${JSON.stringify({ images }, undefined, 2)}\n`),
    ...imageBuilds.skaffold ? [new BuildFile('skaffold.yaml', skaffoldFile(planned))] : [],
    ...imageBuilds.ko ? [new BuildFile('ko.yaml', koFile(planned))] : [],
  ];
}

function plannedBuilds(root: IConstruct): PlannedBuild[] {
  return builds(root).map(build => plannedBuild(root, build)).filter(planned => planned !== undefined);
}

/** Nothing where the recipe lacks something without which it cannot be written. */
function plannedBuild(root: IConstruct, build: Build): PlannedBuild | undefined {
  const context = contextOf(root, build);
  const rendered = build.recipe.render(context);
  return rendered && {
    name: build.name,
    dockerfile: context.dockerfilePath,
    ignoreFile: rendered.ignoreFile,
    repositories: context.repositories,
    tags: tagsOf(build),
    hasRegistry: build.users.some(({ user, image }) => Platform._decisions(user.construct).registry !== undefined || image._repositoryIn(undefined, '') !== ''),
    plan: rendered.build,
  };
}

/** The tags that the manifests name, where the build has said them already. */
function tagsOf({ users }: Build): string[] {
  const tags = users.map(({ image, user }) => image._resolve(Platform._imageContext(Platform._decisions(user.construct), user.name), silent).tag);
  return [...new Set(tags.filter(tag => tag !== undefined))].sort(compareStrings);
}

function contextOf(root: IConstruct, { name, recipe, users }: Build): RecipeContext {
  const decisions = users.map(({ user }) => Platform._decisions(user.construct));
  const repositories = users.map(({ image }, index) => image._repositoryIn(decisions[index].registry, name));
  return {
    imageName: name,
    repositories: [...new Set(repositories)].sort(compareStrings),
    services: [...new Set(users.flatMap(({ image }) => serviceNames(root, image)))].sort(compareStrings),
    ports: exposedPorts(users),
    identity: agreedIdentity(recipe, users),
    frontend: decisions[0].dockerfileFrontend,
    dockerfilePath: recipe.inPlace === undefined
      ? `${artifactsFolder(root)}/images/${name}/Dockerfile`
      : recipe.context === '.' ? recipe.inPlace : `${recipe.context}/${recipe.inPlace}`,
    digestOf: readLock(lockFileOf(decisions[0])).digestOf,
  };
}

function lockFileOf({ imageBuilds }: Decisions): string {
  return imageBuilds.lockFile ?? LOCK_FILE;
}

function exposedPorts(users: readonly BuildUser[]): ExposedPort[] {
  const ports = new Map<string, ExposedPort>();
  for (const { number, protocol = Protocol.TCP } of users.flatMap(({ user }) => user.ports())) {
    // Whoever declares a port that is none hears of it from the pod.
    if (Number.isInteger(number) && number >= 1 && number <= 65535) {
      ports.set(`${number}/${protocol}`, { number, protocol: protocol.toLowerCase() as ExposedPort['protocol'] });
    }
  }
  return [...ports.values()].sort((a, b) => a.number - b.number || compareStrings(a.protocol, b.protocol));
}

/** What the pods say, else what the recipe says. Root is a choice of a pod alone: no image is built for it. */
function agreedIdentity(recipe: ImageRecipe, users: readonly BuildUser[]): Identity {
  const user = recipe.user ?? NONROOT;
  return identities(users)[0]?.identity ?? { user, group: user };
}

function identities(users: readonly BuildUser[]): { readonly name: string; readonly user: ImageUser; readonly identity: Identity }[] {
  return users.flatMap(({ user }) => {
    const identity = user.identity();
    return identity === undefined || identity.user === 0 ? [] : [{ name: user.name, user, identity }];
  });
}

/** What is to be said once, whatever the number of images. */
function checkApp(root: IConstruct, report: Report): void {
  const all = builds(root);
  let isLockUsable = true;
  for (const file of [...new Set(all.map(({ users: [{ user }] }) => lockFileOf(Platform._decisions(user.construct))))].sort(compareStrings)) {
    const { fault } = readLock(file);
    if (fault !== undefined) {
      isLockUsable = false;
      report({ code: 'invalid-lock', property: file, message: `'${file}' cannot be used: ${fault}.`, remedy: "Take it back from version control, or delete it and run 'npx cdk8s-golden-path images lock'." });
    }
  }
  const images = new Map(plannedBuilds(root).flatMap(({ plan }) => [...plan.images]));
  const unlocked = [...images].filter(([reference, digest]) => digest === undefined && !reference.endsWith(':latest'))
    .map(([reference]) => reference).sort(compareStrings);
  if (unlocked.length > 0 && isLockUsable) {
    report({
      code: 'base-unlocked',
      message: `The images of the app are built on ${unlocked.map(reference => `'${reference}'`).join(', ')}, whose registry can put something else under the name.`,
      remedy: "Run 'npx cdk8s-golden-path images lock' after a synth, and commit the lock file that it writes.",
    });
  }
  for (const file of Artifacts.of(root)._inPlace().filter(each => !mayWrite(each))) {
    report({
      code: 'foreign-file',
      property: file.path,
      message: `'${file.path}' was not written by this library, so it is not overwritten.`,
      remedy: "Remove it where the recipe replaces it, or leave 'dockerfile' out.",
    });
  }
}

function check(user: ImageUser, report: Report): void {
  const { root } = user.construct.node;
  const build = buildsByUser(root).get(user)!;
  const here = within(report, propertyOf(user));
  if (build.users[0].user === user) {
    build.recipe.check(contextOf(root, build), here);
  }
  checkIdentity(build, user, here);
}

function checkIdentity({ recipe, users }: Build, user: ImageUser, report: Report): void {
  const all = identities(users);
  const own = all.find(each => each.user === user);
  if (!own) {
    return;
  }
  const [first] = all;
  if (recipe.user !== undefined && recipe.user !== own.identity.user) {
    report({
      code: 'image-conflict',
      property: 'user',
      message: `The image runs as user ${recipe.user}, but its pod as ${own.identity.user}.`,
      remedy: `Leave 'user' out of the image, which then takes that of the pod, or write security: { user: ${recipe.user} } for the service.`,
    });
  } else if (text(first.identity) !== text(own.identity)) {
    report({
      code: 'image-conflict',
      message: `'${first.name}' runs the same image as user and group ${text(first.identity)}, '${own.name}' as ${text(own.identity)}.`,
      remedy: "Give both the same 'security.user' and 'security.group', or each an image with a 'name' of its own.",
    });
  }
}

function text({ user, group }: Identity): string {
  return `${user}:${group}`;
}

/** The main container of a service has the service's name; the others are told by theirs. */
function propertyOf({ construct, name }: ImageUser): string {
  const service = (construct as { readonly name?: unknown }).name;
  return typeof service === 'string' && service !== name ? `container '${name}' image` : 'image';
}

/** Where the command in the Dockerfile finds it. A folder that is given from the root is another one on every machine, so it is not written down. */
export function artifactsFolder(root: IConstruct): string {
  const folder = (root as { readonly artifactsOutdir?: unknown }).artifactsOutdir;
  return typeof folder === 'string' && !/^([/\\]|[A-Za-z]:)/.test(folder) ? folder.replace(/\\/g, '/').replace(/\/+$/, '') : 'artifacts';
}
