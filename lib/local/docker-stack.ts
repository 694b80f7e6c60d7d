import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { configsOf } from './compose-render';
import type { DockerTarget } from './docker-target';
import { isForMetrics, type LocalApp, OBSERVABILITY_PROFILE, TASKS_PROFILE } from './local-app';
import { LocalArtifact } from './local-artifact';
import type { LocalOptions } from './local-options';
import { checkNetworkCount } from './network-count';
import { localApp } from './resolve';
import { renderSecretsScript } from './secrets-script';
import { type SwarmApp, swarmApp } from './swarm-app';
import type { TerraformContext } from './terraform-values';
import { isIpv4Network } from '../definition/address';
import { sortedEntries } from '../definition/json';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, silent } from '../diagnostics/report';
import { artifactsFolder } from '../images/image-builds';
import { checkInstallation } from '../installation/installation';
import { Environment } from '../platform/environment';
import { type Artifact, Artifacts } from '../synthesis/artifact';
import { onceInSynthesis } from '../synthesis/rendered-objects';

/** How the stack is written. */
export interface DockerStackProps extends LocalOptions {
  /**
   * The ranges of addresses of networks, by name; a service that is called has a network of its name.
   *
   * @default - Docker chooses
   */
  readonly subnets?: { [network: string]: string };
  /**
   * What it is written for: one host, or a Swarm.
   *
   * @default DockerTarget.host()
   */
  readonly target?: DockerTarget;
  /**
   * Whether the Prometheus that scrapes what is monitored runs as well.
   *
   * @default false
   */
  readonly observability?: boolean;
  /**
   * Whether tasks run, once.
   *
   * @default false
   */
  readonly tasks?: boolean;
}

/**
 * The services of an environment as a Terraform or OpenTofu stack for one Docker host or for a Swarm, among the artefacts: `docker/main.tf.json` or
 * `swarm/main.tf.json`, in the folder of the environment where there is one. It is written so that a second `apply` finds nothing to do. Beside it
 * lie the files that services read, and `docker-secrets.sh`, which makes the secrets on the machine.
 *
 * Every value is that of the compose file, which is that of the manifests. It needs cdktf and @cdktf/provider-docker, which are loaded when it
 * renders.
 *
 * Diagnostics: `local-omission`, `local-unsupported`, `invalid-value`, `invalid-port`, `many-networks`.
 *
 * @see https://registry.terraform.io/providers/kreuzwerker/docker/latest/docs
 *
 * @example
 * new local.DockerStack(app, 'docker', { probeFlag: '-healthcheck', subnets: { orders: '172.28.1.0/24' } });
 */
export class DockerStack extends Construct {
  private readonly folder: string;

  public constructor(scope: Construct, id: string, private readonly props: DockerStackProps = {}) {
    super(scope, id);
    const environment = Environment.of(this)?.name;
    this.folder = `${environment === undefined ? '' : `${environment}/`}${props.target?._swarm ? 'swarm' : 'docker'}`;
    Diagnostics._check(this, report => this.check(report));
    Artifacts.of(this)._provide(() => this.files());
  }

  /** The path of the stack, below the folder of the artefacts. */
  public get path(): string {
    return `${this.folder}/main.tf.json`;
  }

  /** The text of the stack. */
  public render(): string {
    return `${JSON.stringify(this.toTerraform(), undefined, 2)}\n`;
  }

  /** The stack as Terraform reads it. */
  public toTerraform(): { [key: string]: any } {
    return load().toTerraform(this.app, this.context);
  }

  /**
   * Makes the networks, volumes, images and containers, or services, in a stack of your own, which brings the provider. The files that they read lie among
   * the artefacts and have to lie beside the stack.
   *
   * @param stack the stack
   */
  public defineIn(stack: TerraformStack): void {
    load().define(stack, this.app, this.context);
  }

  private get context(): TerraformContext {
    return { folder: `${artifactsFolder(this.node.root)}/${this.folder}`, subnets: this.props.subnets ?? {} };
  }

  /** Decided once while the app is synthesised, for all of its files. */
  private get app(): LocalApp | SwarmApp {
    const decide = () => this.resolve(silent);
    return onceInSynthesis(this, decide);
  }

  /** What runs only where it is asked for is left out. */
  private resolve(report: Report): LocalApp | SwarmApp {
    const app = localApp(this, this.props, report);
    const { observability = false, tasks = false } = this.props;
    const services = app.services.filter(({ profile }) => profile === undefined
      || (profile === OBSERVABILITY_PROFILE && observability) || (profile === TASKS_PROFILE && tasks))
      .map(service => observability ? service : { ...service, attachments: service.attachments.filter(({ network }) => !isForMetrics(network)) });
    const used = new Set(services.flatMap(({ attachments }) => attachments.map(({ network }) => network)));
    const mounted = new Set(services.flatMap(({ mounts }) => mounts.map(({ source }) => source)));
    const running = {
      ...app, services, networks: app.networks.filter(({ name }) => used.has(name)), volumes: app.volumes.filter(name => mounted.has(name)),
    };
    const swarm = this.props.target?._swarm;
    return swarm ? swarmApp(running, swarm, this.props, report) : running;
  }

  private check(report: Report): void {
    const { services, networks } = this.resolve(report);
    if (!this.props.target?._swarm) {
      checkNetworkCount(networks, this.props.subnets ?? {}, report);
    }
    for (const { name } of services.filter(({ build }) => build?.plan.access.ssh)) {
      report({
        code: 'local-omission',
        property: name,
        message: 'The provider of Docker gives no SSH agent to a build.',
        remedy: "Build the image by 'docker buildx bake' first, let it read a token as a secret, or acknowledge 'local-omission' with the reason.",
      });
    }
    for (const [name, subnet] of sortedEntries(this.props.subnets)) {
      const property = `subnets.${name}`;
      if (!networks.some(network => network.name === name)) {
        const known = networks.map(network => `'${network.name}'`).join(', ');
        report({ code: 'invalid-value', property, message: `There is no network '${name}'.`, remedy: known === '' ? 'Leave it out.' : `Name one of ${known}.` });
      } else if (!isIpv4Network(subnet)) {
        report({ code: 'invalid-value', property, message: `'${subnet}' is not a range of IPv4 addresses.`, remedy: "Write for example '172.28.1.0/24'." });
      }
    }
  }

  private files(): Artifact[] {
    const { app } = this;
    return [
      new LocalArtifact(this.path, () => this.render()),
      ...app.services.flatMap(configsOf).map(({ path, text }) => new LocalArtifact(`${this.folder}/${path}`, () => text)),
      new LocalArtifact(`${this.folder}/.gitignore`, () => '/.terraform/\n/local-secrets/\n/terraform.tfstate*\n'),
      ...app.secrets.length > 0 ? [new LocalArtifact(`${this.folder}/docker-secrets.sh`, () => renderSecretsScript(app, 'docker-secrets.sh', false, 'swarm' in app))] : [],
    ];
  }
}

/** Only who renders a stack loads cdktf, and needs it. */
function load(): typeof import('./stack') {
  checkInstallation({ suffix: '.local.DockerStack', optional: true, needed: true });
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./stack');
}
