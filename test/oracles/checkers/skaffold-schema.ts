import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { GoModule } from '../../../tools/kubernetes/go-module';
import { type Checker, type Finding } from '../checker';
import { type Installation } from '../installation';
import type { Output, OutputFile } from '../output';

const VERSION = 'v2.16.1';
const SCHEMAS = /^docs-v2\/content\/en\/schemas\/v\w+\.json$/;

/**
 * Configurations of Skaffold, by the schema that Skaffold publishes for their version: it knows no field but its own.
 * Its parser cannot be had as a library: the go.mod of one of its dependencies declares another path.
 */
export class SkaffoldSchema implements Checker {
  public readonly name = 'skaffold-schema';
  public readonly control = {
    rule: 'additionalProperties',
    files: { 'artifacts/skaffold.yaml': 'apiVersion: skaffold/v4beta11\nkind: Config\nbuild:\n  artefacts: []\n' },
  };

  private folder = '';

  public judges(file: OutputFile): boolean {
    return basename(file.name) === 'skaffold.yaml';
  }

  public async install(installation: Installation): Promise<void> {
    this.folder = await installation.made(this.name, VERSION, folder => {
      const module = GoModule.download('github.com/GoogleContainerTools/skaffold/v2', VERSION);
      for (const path of module.files(SCHEMAS)) {
        writeFileSync(join(folder, basename(path)), module.read(path));
      }
    }, { needsNetwork: true });
  }

  public async check(outputs: readonly Output[]): Promise<Finding[]> {
    const ajv = new Ajv({ strict: false, allErrors: true });
    return outputs.flatMap(output => output.files.filter(file => this.judges(file)).flatMap(file => {
      const content = parse(readFileSync(file.path, 'utf8')) as { readonly apiVersion: string };
      const version = content.apiVersion.replace(/^skaffold\//, '');
      const validate = ajv.getSchema(version) ?? ajv.compile({ ...this.schema(version), $id: version });
      // A schema that is not asynchronous answers at once.
      return validate(content) === true ? [] : (validate.errors ?? []).map(({ keyword, instancePath, message, params }) => ({
        rule: keyword, output: output.name, file: file.name, message: `${instancePath} ${message} ${JSON.stringify(params)}`,
      }));
    }));
  }

  private schema(version: string): object {
    return JSON.parse(readFileSync(join(this.folder, `${version}.json`), 'utf8'));
  }
}
