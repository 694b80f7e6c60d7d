import { Actionlint } from './actionlint';
import { buildFileCheckers } from './build-file';
import { BuildkitLint } from './buildkit-lint';
import { Checkov } from './checkov';
import { GitlabSchema } from './gitlab-schema';
import { Hadolint } from './hadolint';
import { KubeScore } from './kube-score';
import { Kubeconform } from './kubeconform';
import { PodSecurity } from './pod-security';
import { SkaffoldSchema } from './skaffold-schema';
import { Yamllint } from './yamllint';
import type { Checker } from '../checker';

/** Every checker, the quick ones first. */
export function allCheckers(): Checker[] {
  return [
    new Yamllint(), new Kubeconform(), new PodSecurity(), new KubeScore(), new Checkov(), new Hadolint(), new BuildkitLint(),
    ...buildFileCheckers(), new SkaffoldSchema(), new Actionlint(), new GitlabSchema(),
  ];
}
