import { type PlannedBuild, relativeTo } from './planned-build';
import { compact, type Json } from '../../definition/json';
import { BuildCache, type ImageBuildOptions } from '../../platform/image-build-options';
import { STAMPS } from '../recipe/stamps';

/** What every build gets, and what every image that is published. */
const [STAMPED, PUBLISHED] = ['stamped', 'published'];

/**
 * The file that `docker buildx bake` builds all images by.
 *
 * @see https://docs.docker.com/build/bake/reference/
 */
export function bakeFile(builds: readonly PlannedBuild[], options: ImageBuildOptions): string {
  const names = targetNames(builds);
  const images = builds.map(build => names.get(build)!);
  const extra = builds.flatMap(build => build.plan.targets.map(target => ({ ...target, image: names.get(build)! })));
  const ofTarget = (name: string): string[] => extra.filter(each => each.name === name).map(each => `${each.image}-${each.name}`);
  return `${JSON.stringify({
    '//': 'Written by cdk8s-golden-path: change the definition, not this file.',
    'variable': variables(builds),
    'group': Object.fromEntries([
      ['default', images],
      ...[...new Set(extra.map(({ name }) => name))].sort().map(name => [name, ofTarget(name)] as const),
    ].map(([name, members]) => [name, { targets: members }])),
    'target': {
      ...common(options),
      ...Object.fromEntries(builds.flatMap(build => targets(build, names.get(build)!, options))),
    },
  }, undefined, 2)}\n`;
}

/** The stamps of every image, and the home of whoever builds where a secret lies there. The environment overrides what stands here. */
function variables(builds: readonly PlannedBuild[]): Json {
  const tags = [...new Set(builds.flatMap(build => build.tags))];
  const needsHome = builds.some(({ plan }) => plan.access.secrets.some(({ source }) => source.startsWith('~/')));
  return Object.fromEntries([
    ...STAMPS.map(({ name, default: value, description }) => [name, {
      // What the manifests name is what is pushed.
      default: name === 'VERSION' && tags.length === 1 ? tags[0] : value,
      description: `${name} ${description}`,
    }]),
    ...needsHome ? [['HOME', { default: '' }]] : [],
  ]);
}

/** What the targets inherit. */
function common({ attestations = true }: ImageBuildOptions): Json {
  return {
    [STAMPED]: { args: Object.fromEntries(STAMPS.map(({ name }) => [name, `\${${name}}`])) },
    [PUBLISHED]: {
      labels: {
        'org.opencontainers.image.created': '${CREATED}',
        'org.opencontainers.image.revision': '${REVISION}',
        'org.opencontainers.image.version': '${VERSION}',
      },
      ...attestations && { attest: ['type=provenance,mode=max', 'type=sbom'] },
      output: ['type=image,rewrite-timestamp=true'],
    },
  };
}

/** The target of an image, those of its other stages, and what they have in common. */
function targets(build: PlannedBuild, name: string, options: ImageBuildOptions): [string, Json][] {
  const { plan, repositories, dockerfile } = build;
  const source = `${name}-source`;
  const { from, to } = caches(build, options);
  const image = (target: string, suffix: string): Json => compact({
    inherits: [source, PUBLISHED],
    target,
    platforms: plan.platforms,
    tags: repositories.map(repository => `${repository}:\${VERSION}${suffix}`),
    // One of them writes what all of them read.
    ...suffix === '' && { 'cache-to': to },
  });
  return [
    [source, compact({
      'inherits': [STAMPED],
      'context': plan.context,
      'dockerfile': relativeTo(plan.context, dockerfile),
      'cache-from': from,
      'ssh': plan.access.ssh ? ['default'] : [],
      'secret': plan.access.secrets.map(({ id, source: origin }) => secret(id, origin)),
    })],
    [name, image('final', '')],
    ...plan.targets.map<[string, Json]>(({ name: target, kind }) => [`${name}-${target}`, kind === 'image' ? image(target, `-${target}`) : {
      inherits: [source],
      target,
      output: [kind === 'files' ? `type=local,dest=${target}/${name}` : 'type=cacheonly'],
    }]),
  ];
}

/** Where layers come from, and where they go. */
interface Caches {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

function caches({ repositories: [repository], hasRegistry, name }: PlannedBuild, { cache }: ImageBuildOptions): Caches {
  switch (cache ?? (hasRegistry ? BuildCache.REGISTRY : BuildCache.LOCAL)) {
    case BuildCache.REGISTRY:
      return { from: [`type=registry,ref=${repository}:buildcache`], to: [`type=registry,ref=${repository}:buildcache,mode=max,ignore-error=true`] };
    case BuildCache.GITHUB:
      return { from: [`type=gha,scope=${name}`], to: [`type=gha,scope=${name},mode=max,ignore-error=true`] };
    default:
      return { from: [], to: [] };
  }
}

function secret(id: string, source: string): string {
  return source.startsWith('env:')
    ? `type=env,id=${id},env=${source.slice('env:'.length)}`
    : `type=file,id=${id},src=${source.replace(/^~\//, '${HOME}/')}`;
}

/** A target has fewer letters than an image. */
function targetNames(builds: readonly PlannedBuild[]): Map<PlannedBuild, string> {
  const taken = new Set([STAMPED, PUBLISHED, 'default']);
  return new Map(builds.map(build => {
    let name = build.name.replace(/[^\w-]/g, '_');
    while (taken.has(name)) {
      name = `${name}_`;
    }
    taken.add(name);
    return [build, name];
  }));
}
