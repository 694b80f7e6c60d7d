import { join } from 'node:path';
import { areCommitted, schemaDigest, writeSchemas } from './kubeconform-schemas';
import { run } from '../../support/real-runs/processes';
import { type Checker, type Finding, locate, UNREADABLE } from '../checker';
import { CARELESS_DEPLOYMENT } from '../controls';
import type { Installation } from '../installation';
import { parseJson } from '../json';
import { FileKind, type Output, type OutputFile } from '../output';

interface Report {
  readonly resources: {
    readonly filename: string;
    readonly kind: string;
    readonly name: string;
    readonly version: string;
    readonly status: 'statusValid' | 'statusInvalid' | 'statusError' | 'statusSkipped' | 'statusEmpty';
    readonly msg: string;
    readonly validationErrors?: { readonly path: string; readonly msg: string }[];
  }[];
}

/** Schemas: strict ones of exactly the version that an output is for. */
export class Kubeconform implements Checker {
  public readonly name = 'kubeconform';
  public readonly control = {
    rule: 'schema',
    files: { 'manifests/control.yaml': CARELESS_DEPLOYMENT.replace('privileged: true', 'privilegd: true') },
  };

  private program = '';
  private installation?: Installation;

  public judges(file: OutputFile): boolean {
    return file.kind === FileKind.MANIFEST;
  }

  public async install(installation: Installation): Promise<void> {
    this.installation = installation;
    this.program = await installation.goProgram('kubeconform', 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0');
  }

  public async check(outputs: readonly Output[]): Promise<Finding[]> {
    const byVersion = groupByVersion(outputs);
    const findings: Finding[] = [];
    for (const [version, group] of byVersion) {
      findings.push(...await this.checkVersion(version, group));
    }
    return findings;
  }

  private async checkVersion(version: string, outputs: readonly Output[]): Promise<Finding[]> {
    const needsNetwork = !areCommitted(version);
    const schemas = await this.installation!.made(
      `schemas-${version}`, schemaDigest(version), folder => writeSchemas(folder, version), { needsNetwork });
    const files = outputs.flatMap(output => output.ofKind(FileKind.MANIFEST).map(file => file.path));
    const outcome = await run(this.program, [
      '-strict', '-verbose', '-output', 'json', '-kubernetes-version', `${version}.0`,
      '-schema-location', join(schemas, '{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}', '{{.ResourceKind}}{{.KindSuffix}}.json'),
      '-schema-location', join(schemas, 'crds', '{{.Group}}', '{{.ResourceKind}}_{{.ResourceAPIVersion}}.json'),
      ...files,
    ]);
    const { resources } = parseJson<Report>(this.name, outcome);
    const unseen = files.filter(path => !resources.some(resource => resource.filename === path)).map(path => {
      const { output, file } = locate(outputs, path);
      return { rule: UNREADABLE, output: output.name, file: file.name, message: 'kubeconform passed over the file' };
    });
    return [...unseen, ...resources.filter(({ status }) => status !== 'statusValid').map(({ filename, kind, name, status, msg, validationErrors }) => {
      const { output, file } = locate(outputs, filename);
      const details = (validationErrors ?? []).map(error => `${error.path}: ${error.msg}`).join('; ');
      return {
        rule: status === 'statusInvalid' ? 'schema' : UNREADABLE,
        output: output.name,
        file: file.name,
        ...kind && { object: `${kind}/${name}` },
        message: details || msg || status,
      };
    })];
  }
}

function groupByVersion(outputs: readonly Output[]): Map<string, Output[]> {
  const groups = new Map<string, Output[]>();
  for (const output of outputs) {
    groups.set(output.kubernetesVersion, [...groups.get(output.kubernetesVersion) ?? [], output]);
  }
  return groups;
}
