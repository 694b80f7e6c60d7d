import { type PlannedBuild, relativeTo } from './planned-build';
import { compact } from '../../definition/json';
import { stringifyDocuments } from '../../synthesis/yaml';

/**
 * The configuration of Skaffold: builds by BuildKit, deploys what the synth wrote.
 *
 * @see https://skaffold.dev/docs/references/yaml/
 */
export function skaffoldFile(builds: readonly PlannedBuild[]): string {
  return stringifyDocuments([{
    apiVersion: 'skaffold/v4beta11',
    kind: 'Config',
    metadata: { name: 'app' },
    build: {
      artifacts: builds.map(({ repositories: [image], dockerfile, plan }) => ({
        image,
        context: plan.context,
        docker: compact({
          dockerfile: relativeTo(plan.context, dockerfile),
          target: 'final',
          buildArgs: { VERSION: '{{.IMAGE_TAG}}' },
          ssh: plan.access.ssh ? 'default' : undefined,
          secrets: plan.access.secrets.map(({ id, source }) => source.startsWith('env:') ? { id, env: source.slice('env:'.length) } : { id, src: source.replace(/^~\//, '{{.HOME}}/') }),
        }),
      })),
      local: { useBuildkit: true },
    },
    manifests: { rawYaml: ['dist/*.yaml', 'dist/**/*.yaml'] },
    deploy: { kubectl: {} },
  }]);
}
