import { Construct } from 'constructs';
import { configsOf, renderCompose, renderEnvExample } from './compose-render';
import { type LocalApp, secretsInTexts, secretVariable } from './local-app';
import { LocalArtifact } from './local-artifact';
import type { LocalOptions } from './local-options';
import { checkNetworkCount } from './network-count';
import { localApp } from './resolve';
import { renderSecretsScript } from './secrets-script';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, silent } from '../diagnostics/report';
import { artifactsFolder } from '../images/image-builds';
import { Environment } from '../platform/environment';
import { type Artifact, Artifacts } from '../synthesis/artifact';
import { onceInSynthesis } from '../synthesis/rendered-objects';

/** How the compose file is written. */
export interface ComposeFileProps extends LocalOptions {}

/**
 * The services of an environment as a compose file, among the artefacts: `compose.yaml`, in the folder of the environment where there is one.
 * Beside it lie the files that services read, `compose-secrets.sh`, which makes the secrets on the machine, and `.env.example` where variables hold some.
 *
 * Every value is that of the manifests: image, command, environment, files, user, limits, what it may do and what it connects to. What Docker
 * cannot do is said: `local-omission`, `local-unsupported`. Further diagnostics: `invalid-value`, `invalid-port`, `many-networks`.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/spec.md
 *
 * @example
 * new local.ComposeFile(app, 'shop', { probeFlag: '-healthcheck' });
 */
export class ComposeFile extends Construct {
  private readonly folder: string;

  public constructor(scope: Construct, id: string, private readonly props: ComposeFileProps = {}) {
    super(scope, id);
    const environment = Environment.of(this)?.name;
    this.folder = environment === undefined ? '' : `${environment}/`;
    Diagnostics._check(this, report => {
      const app = localApp(this, this.props, report);
      checkVariables(app, report);
      checkNetworkCount(app.networks, {}, report);
    });
    Artifacts.of(this)._provide(() => this.files());
  }

  /** The path of the file, below the folder of the artefacts. */
  public get path(): string {
    return `${this.folder}compose.yaml`;
  }

  /** The text of the file. */
  public render(): string {
    return renderCompose(this.app, `${artifactsFolder(this.node.root)}/${this.folder}`.replace(/\/$/, ''));
  }

  /** Decided once while the app is synthesised, for all of its files. */
  private get app(): LocalApp {
    const decide = () => localApp(this, this.props, silent);
    return onceInSynthesis(this, decide);
  }

  private files(): Artifact[] {
    const { app } = this;
    const hasVariables = secretsInTexts(app.services).length > 0;
    const file = (name: string, render: (app: LocalApp) => string) => new LocalArtifact(`${this.folder}${name}`, () => render(app));
    return [
      new LocalArtifact(this.path, () => this.render()),
      ...app.secrets.length > 0 ? [
        file('compose-secrets.sh', all => renderSecretsScript(all)),
        file('.gitignore', () => '/.env\n/local-secrets/\n'),
      ] : [],
      ...app.services.flatMap(configsOf).map(({ path, text }) => file(path, () => text)),
      ...hasVariables ? [file('.env.example', renderEnvExample)] : [],
    ];
  }
}

/** Compose has one name for a secret, without the border between the Secret and its key. */
function checkVariables({ services }: LocalApp, report: Report): void {
  const known = new Map<string, string>();
  for (const key of secretsInTexts(services)) {
    const variable = secretVariable(key);
    const said = `the key '${key.key}' of '${key.secret}'`;
    const other = known.get(variable);
    if (other !== undefined) {
      report({
        code: 'local-unsupported',
        message: `Compose would read ${other} and ${said} from one variable, '${variable}'.`,
        remedy: 'Give one of the Secrets another name, or mount it as a file.',
      });
    }
    known.set(variable, said);
  }
}
