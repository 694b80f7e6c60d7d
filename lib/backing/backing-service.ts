import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { BackingCredentials, LoginSource, PASSWORD_KEY, URL_KEY } from './backing-credentials';
import type { BackingServiceOptions } from './backing-options';
import { IN_CLUSTER, InClusterBacking } from './backing-provider';
import { type BackingRecipe, LOGIN_FOLDER, type LoginRecipe } from './backing-recipe';
import { checkArgs, checkProvided, checkShared } from './checks';
import { checkIds, noteBackingService } from './colliding-ids';
import { DATA_CLAIM } from './defaults';
import { makeExternalPassword } from './external-password';
import { ServiceSecret } from '../configuration/service-secret';
import type { BackingOutputs, BackingRequest } from '../definition/backing';
import type { ConnectionLogin, ConnectionTarget, IConnectable } from '../definition/connection';
import type { ContainerImage } from '../definition/container-image';
import { EnvReference } from '../definition/env-reference';
import { ANYWHERE, External } from '../definition/external';
import { sortedEntries } from '../definition/json';
import { Replicas } from '../definition/replicas';
import { Volume } from '../definition/volume';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, within } from '../diagnostics/report';
import { Model } from '../model/model';
import { Environment } from '../platform/environment';
import { Platform } from '../platform/platform';
import { StatefulService } from '../services/stateful-service';
import { claim } from '../synthesis/claims';
import type { Owner } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';
import { hostFor } from '../traffic/service-connection';


/**
 * A database, cache or broker that services connect to: one shape for every kind. Where it comes from is a decision of the platform
 * (`backing`); without one its server runs in the cluster, as a hardened StatefulSet with a claim, a Service, a network policy that admits
 * those who connect to it, and a login whose password nobody writes down. Clients get the same variables and files wherever it is.
 *
 * Diagnostics: `invalid-name`, `invalid-value`, `secret-literal`, `ambiguous-id`, `conflicting-options`, `late-platform`,
 * `provider-omission`, and those of a `StatefulService`; where a service connects to it `backing-missing`, `foreign-secret`, `duplicate-connection`.
 */
export abstract class BackingService extends Construct implements IConnectable {
  /** The name of everything that was made, which in the cluster is the host name within the namespace. */
  public readonly name: string;
  private recipe?: BackingRecipe;
  private statefulService?: StatefulService;
  private managedSecret?: ServiceSecret;
  private outputs?: BackingOutputs;
  private first: BackingService = this;

  protected constructor(scope: Construct, id: string, private readonly options: BackingServiceOptions) {
    super(scope, id);
    this.name = nameOf(this, options.name);
    noteBackingService(this);
  }

  /** The server and everything around it; nothing where it does not run in the cluster by our own hand, or another construct makes it. */
  public get server(): StatefulService | undefined {
    return this.statefulService;
  }

  /** The Secret of the login; nothing where somebody else makes it, or where there is no login. */
  public get secret(): ServiceSecret | undefined {
    return this.managedSecret;
  }

  /** The host name, with the namespace where it is in the cluster, as every client of the cluster can write it. */
  public get host(): string {
    const { outputs } = this.first;
    if (outputs && !outputs.podLabels) {
      return outputs.host;
    }
    const { namespace } = Chart.of(this.first);
    return [outputs?.host ?? this.first.name, ...namespace === undefined ? [] : [namespace]].join('.');
  }

  /** The port of clients. */
  public get port(): number {
    return this.first.outputs?.port ?? this.recipe!.ports[0]?.number ?? 0;
  }

  /** The name of the user; nothing where there is no login, or where the name stands in its Secret alone. */
  public get userName(): string | undefined {
    return this.login?.userName;
  }

  /** The database that clients are at home in; nothing where there is none. */
  public get database(): string | undefined {
    return this.login?.database;
  }

  /** The name of the Secret of the login; nothing where there is no login. */
  public get secretName(): string | undefined {
    return this.login?.secretName;
  }

  /** The password, for a variable of a pod in the same namespace; nothing where there is no login. */
  public get password(): EnvReference | undefined {
    return this.reference(this.login?.passwordKey);
  }

  /** The URL with the password, for a variable of a pod in the same namespace; nothing where no Secret holds it. */
  public get url(): EnvReference | undefined {
    return this.reference(this.login?.urlKey);
  }

  public toConnectionTarget(client: IConstruct): ConnectionTarget {
    const { login, first: { outputs, server } } = this;
    const target = outputs ? this.providedTarget(outputs, client) : server?.toConnectionTarget(client) ?? this.missingTarget();
    return {
      ...target,
      // Two that share one server are two names to their clients.
      name: this.name,
      // A URL without the password would be wrong, and one with it stands in the Secret.
      ports: login ? target.ports.map(({ scheme: _, ...port }) => port) : target.ports,
      ...login && { login },
    };
  }

  /**
   * The image of the server, where the definition says another than the official one.
   *
   * @internal
   */
  public get _image(): ContainerImage | undefined {
    return this.options.image;
  }

  /** @internal */
  public get _passwordKey(): string | undefined {
    return this.login?.passwordKey;
  }

  /**
   * The name of the user, where it stands in the Secret of the login alone.
   *
   * @internal
   */
  public get _userNameReference(): EnvReference | undefined {
    return this.reference(this.login?.userNameKey);
  }

  /**
   * Has somebody provide it.
   *
   * @internal
   */
  protected _run(recipe: BackingRecipe): void {
    const { options } = this;
    this.recipe = recipe;
    if (options.sharedId !== undefined) {
      const [first] = claim(this, ['backing', Environment.of(this)?.name ?? '', recipe.kind, options.sharedId].join('\n'));
      this.first = first as BackingService;
    }
    const credentials = recipe.login && credentialsOf(recipe.login);
    if (this.first === this) {
      this.place(recipe);
      options.backup?._make({ service: this, recipe, folder: LOGIN_FOLDER });
    } else {
      const { first } = this;
      Model.of(this)._addFront({ service: this, workloads: [first.server ?? first], ports: () => recipe.ports, openTo: () => [] });
      Diagnostics._check(this, report => checkShared(first.options, options, first.node.path, report));
    }
    Diagnostics._check(this, report => {
      credentials?._check(within(report, 'credentials'));
      checkArgs(options.args ?? [], report);
      checkIds(this, report);
    });
  }

  /** The first provider that has an answer gives it. */
  private place(recipe: BackingRecipe): void {
    const { backing } = Platform._decisions(this);
    const request = this.request(recipe);
    for (const provider of backing ?? IN_CLUSTER) {
      if (!(provider instanceof InClusterBacking)) {
        this.outputs = provider.provide(this, request);
      } else if (recipe.image && provider.makes(recipe.kind)) {
        this.runServer(recipe, recipe.image);
      }
      if (this.outputs ?? this.statefulService) {
        break;
      }
    }
    const placed = this.outputs ?? this.statefulService;
    Diagnostics._check(this, report => {
      if (Platform._decisions(this).backing !== backing) {
        report({
          code: 'late-platform',
          message: 'The platform that says where backing services come from was made after it.',
          remedy: 'Make the Platform first.',
        });
      } else if (!placed) {
        this.reportMissing(recipe.kind, report);
      } else if (this.outputs?.podLabels) {
        checkProvided(this.options, report);
      }
    });
  }

  private request(recipe: BackingRecipe): BackingRequest {
    const { name, options } = this;
    const { namespace } = Chart.of(this);
    const environment = Environment.of(this)?.name;
    const login = this.existingLogin(recipe);
    return {
      kind: recipe.kind,
      id: options.sharedId ?? name,
      name,
      ...namespace !== undefined && { namespace },
      ...environment !== undefined && { environment },
      version: options.version,
      members: recipe.members,
      port: recipe.ports[0]?.number ?? 0,
      ...recipe.data && { storage: recipe.data.storage },
      resources: recipe.resources,
      ...login && { login },
      parameters: { ...recipe.parameters },
      ...options.labels && { labels: options.labels },
      ...options.annotations && { annotations: options.annotations },
    };
  }

  /** Says it where it is missed; one that nobody needs may be missing. */
  private reportMissing(kind: string, report: Report): void {
    const environment = Environment.of(this)?.name;
    for (const { client } of Model.of(this)._connectionsTo(this)) {
      report({
        code: 'backing-missing',
        path: client.node.path,
        property: `connectTo('${this.name}')`,
        message: `Nothing provides the ${kind} '${this.name}'${environment === undefined ? '' : ` in the environment '${environment}'`}.`,
        remedy: "Add a provider of it to 'backing' of the platform, BackingProvider.inCluster() for example.",
      });
    }
  }

  private runServer(recipe: BackingRecipe, image: ContainerImage): void {
    const { options, name } = this;
    const credentials = recipe.login && credentialsOf(recipe.login);
    if (credentials && credentials._source !== LoginSource.EXISTING) {
      this.managedSecret = this.makeSecret(recipe, recipe.login!, credentials);
    }
    const { data, members } = recipe;
    const login = this.loginInCluster(recipe);
    const args = [...recipe.args ?? [], ...options.args ?? []];
    const server = new StatefulService(this, 'server', {
      name,
      image: options.image ?? image,
      component: recipe.component,
      ports: [...recipe.ports],
      ...recipe.command && { command: [...recipe.command] },
      ...args.length > 0 && { args },
      ...recipe.env && { env: { ...recipe.env } },
      ...recipe.envValueFrom && { envValueFrom: { ...recipe.envValueFrom } },
      volumes: {
        ...recipe.volumes,
        ...data && { [data.path]: Volume.claimTemplate(DATA_CLAIM, data.storage) },
        ...login && { [LOGIN_FOLDER]: Volume.secret(login.secretName, { items: { password: login.passwordKey } }) },
      },
      health: recipe.health,
      resources: recipe.resources,
      ...recipe.prepare && {
        initContainers: [{ name: 'prepare', image: options.image ?? image, command: [...recipe.prepare.command], volumes: { ...recipe.prepare.volumes } }],
      },
      replicas: Replicas.fixed(members),
      // Several find each other only while all of them start.
      ...members > 1 && { parallel: true },
      ...options.labels && { labels: options.labels },
      ...options.annotations && { annotations: options.annotations },
      ...options.placement && { placement: options.placement },
      ...options.imagePullSecrets && { imagePullSecrets: options.imagePullSecrets },
      ...options.networkPolicy && { networkPolicy: options.networkPolicy },
      ...options.containerFields && { containerFields: options.containerFields },
      ...options.podFields && { podFields: options.podFields },
      ...options.statefulSetFields && { statefulSetFields: options.statefulSetFields },
    });
    this.statefulService = server;
    const model = Model.of(this);
    model._addFront({ service: this, workloads: [server], ports: () => recipe.ports, openTo: () => [] });
    const { alone } = recipe;
    if (alone) {
      model._runAlone(server, { ...alone, ...alone.args && { args: [...alone.args, ...options.args ?? []] } });
    }
  }

  private providedTarget({ host, port, ports = {}, scheme, podLabels, cidrs }: BackingOutputs, client: IConstruct): ConnectionTarget {
    const { first } = this;
    const [main] = this.recipe!.ports;
    const { namespace } = Chart.of(first);
    return {
      name: this.name,
      host: podLabels ? hostFor(first, host, client) : host,
      ports: [
        { ...main?.name !== undefined && { name: main.name }, port: port ?? main?.number ?? 0, ...scheme !== undefined && { scheme } },
        ...sortedEntries(ports).map(([name, number]) => ({ name, port: number })),
      ],
      ...podLabels
        ? { pods: { labels: podLabels, ...namespace !== undefined && { namespace } } }
        : { cidrs: External.host(host, 0, { ...cidrs && { cidrs } }).toConnectionTarget(client).cidrs! },
    };
  }

  /** What is said of it is said once, as `backing-missing`. */
  private missingTarget(): ConnectionTarget {
    const { name, port } = this;
    return { name, host: name, ports: [{ port: port || 1 }], cidrs: [...ANYWHERE] };
  }

  private get login(): ConnectionLogin | undefined {
    const { first, recipe } = this;
    return first.outputs ? first.outputs.login : first.recipe ? first.loginInCluster(first.recipe) : recipe && this.loginInCluster(recipe);
  }

  private existingLogin(recipe: BackingRecipe): ConnectionLogin | undefined {
    return recipe.login && credentialsOf(recipe.login)._source === LoginSource.EXISTING ? this.loginInCluster(recipe) : undefined;
  }

  private loginInCluster({ login }: BackingRecipe): ConnectionLogin | undefined {
    if (!login) {
      return undefined;
    }
    const { userName, database } = login;
    return credentialsOf(login)._toLogin({ secretName: this.defaultSecretName, namespace: Chart.of(this).namespace, userName, database });
  }

  private get defaultSecretName(): string {
    return `${this.name}-login`;
  }

  private reference(key: string | undefined): EnvReference | undefined {
    const name = this.login?.secretName;
    return name === undefined || key === undefined ? undefined : EnvReference._secretKey(name, key);
  }

  private makeSecret(recipe: BackingRecipe, login: LoginRecipe, { _secretName, _source }: BackingCredentials): ServiceSecret {
    const { name, options: { labels, annotations } } = this;
    const secretName = _secretName ?? this.defaultSecretName;
    const composedKeys = { [URL_KEY]: login.url(encodeURIComponent(userOf(login)), `${name}:${recipe.ports[0].number}`) };
    const owner: Owner = { name, component: recipe.component, ...labels && { labels }, ...annotations && { annotations } };
    if (_source === LoginSource.SCRIPT) {
      return ServiceSecret._managed(this, 'login', { name: secretName, generatedKeys: [PASSWORD_KEY], composedKeys }, owner);
    }
    const secret = ServiceSecret._existing(this, 'login', { name: secretName, keys: [PASSWORD_KEY] }, composedKeys);
    makeExternalPassword(secret, secret, PASSWORD_KEY, owner);
    return secret;
  }
}

function credentialsOf({ credentials }: LoginRecipe): BackingCredentials {
  return credentials ?? GENERATED;
}

const GENERATED = BackingCredentials.generated();

function userOf(login: LoginRecipe): string {
  return credentialsOf(login)._userName ?? login.userName;
}
