import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { BackingCredentials, PASSWORD_KEY, URL_KEY } from './backing-credentials';
import type { BackingServiceOptions } from './backing-options';
import { type BackingRecipe, LOGIN_FOLDER, type LoginRecipe } from './backing-recipe';
import { checkIds, noteBackingService } from './colliding-ids';
import { ServiceSecret } from '../configuration/service-secret';
import type { ConnectionLogin, ConnectionTarget, IConnectable } from '../definition/connection';
import { EnvReference } from '../definition/env-reference';
import { Replicas } from '../definition/replicas';
import { Resources } from '../definition/resources';
import { isSecretLiteral } from '../definition/secret-names';
import { Volume } from '../definition/volume';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, within } from '../diagnostics/report';
import { Model } from '../model/model';
import { StatefulService } from '../services/stateful-service';
import { nameOf } from '../synthesis/naming';

const DEFAULT_RESOURCES = Resources.of({ cpu: '100m', memory: '256Mi' });
const FLAG = /^--?([A-Za-z][\w.-]*)(?:=(.*))?$/s;

/**
 * A database, cache or broker that services connect to: one shape for every kind. Its server runs in the cluster, as a hardened
 * StatefulSet with a claim, a Service, a network policy that admits those who connect to it, and a login whose password nobody writes down.
 *
 * Diagnostics: `invalid-name`, `invalid-value`, `secret-literal`, `ambiguous-id`, and those of a `StatefulService`; where a service connects
 * to it `foreign-secret`, `duplicate-connection`.
 */
export abstract class BackingService extends Construct implements IConnectable {
  /** The name of everything that was made, which is the host name within the namespace. */
  public readonly name: string;
  private statefulService?: StatefulService;
  private recipe?: BackingRecipe;
  private managedSecret?: ServiceSecret;

  protected constructor(scope: Construct, id: string, private readonly options: BackingServiceOptions) {
    super(scope, id);
    this.name = nameOf(this, options.name);
    noteBackingService(this);
  }

  /** The server and everything around it. */
  public get server(): StatefulService {
    return this.statefulService!;
  }

  /** The Secret of the login; nothing where it exists already, or where there is no login. */
  public get secret(): ServiceSecret | undefined {
    return this.managedSecret;
  }

  /** The host name, with the namespace, as every client of the cluster can write it. */
  public get host(): string {
    const { namespace } = Chart.of(this);
    return [this.name, ...namespace === undefined ? [] : [namespace]].join('.');
  }

  /** The port of clients. */
  public get port(): number {
    return this.recipe!.ports[0].number;
  }

  /** The name of the user; nothing where there is no login. */
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
    const { login } = this;
    const target = this.server.toConnectionTarget(client);
    // A URL without the password would be wrong, and one with it stands in the Secret.
    return login ? { ...target, ports: target.ports.map(({ scheme: _, ...port }) => port), login } : target;
  }

  /**
   * Makes the server.
   *
   * @internal
   */
  protected _run(recipe: BackingRecipe): void {
    const { options, name } = this;
    this.recipe = recipe;
    const credentials = recipe.login && credentialsOf(recipe.login);
    if (credentials?._generated) {
      this.managedSecret = this.makeSecret(recipe, recipe.login!, credentials);
    }
    const { data, members, login } = recipe;
    const args = [...recipe.args ?? [], ...options.args ?? []];
    this.statefulService = new StatefulService(this, 'server', {
      name,
      image: options.image ?? recipe.image,
      component: recipe.component,
      ports: [...recipe.ports],
      ...recipe.command && { command: [...recipe.command] },
      ...args.length > 0 && { args },
      ...recipe.env && { env: { ...recipe.env } },
      ...recipe.envValueFrom && { envValueFrom: { ...recipe.envValueFrom } },
      volumes: {
        ...recipe.volumes,
        ...data && { [data.path]: Volume.claimTemplate('data', data.storage) },
        ...login && { [LOGIN_FOLDER]: Volume.secret(this.login!.secretName, { items: { password: this.login!.passwordKey } }) },
      },
      health: recipe.health,
      resources: options.resources ?? DEFAULT_RESOURCES,
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
    const model = Model.of(this);
    model._addFront({ service: this, workloads: [this.server], ports: () => recipe.ports, openTo: () => [] });
    if (recipe.alone) {
      const { args: own, ...alone } = recipe.alone;
      model._runAlone(this.server, { ...alone, ...own && { args: [...own, ...options.args ?? []] } });
    }
    Diagnostics._check(this, report => {
      credentials?._check(within(report, 'credentials'));
      checkArgs(options.args ?? [], report);
      checkIds(this, report);
    });
  }

  private get login(): ConnectionLogin | undefined {
    const { recipe, name } = this;
    if (!recipe?.login) {
      return undefined;
    }
    const { database } = recipe.login;
    const { _secretName = `${name}-login`, _passwordKey, _urlKey } = credentialsOf(recipe.login);
    const { namespace } = Chart.of(this);
    return {
      secretName: _secretName,
      ...namespace !== undefined && { namespace },
      passwordKey: _passwordKey,
      ..._urlKey !== undefined && { urlKey: _urlKey },
      userName: userOf(recipe.login),
      ...database !== undefined && { database },
    };
  }

  private reference(key: string | undefined): EnvReference | undefined {
    const name = this.login?.secretName;
    return name === undefined || key === undefined ? undefined : EnvReference._of(() => ({ valueFrom: { secretKeyRef: { name, key } } }));
  }

  private makeSecret(recipe: BackingRecipe, login: LoginRecipe, { _secretName }: BackingCredentials): ServiceSecret {
    const { name, options: { labels, annotations } } = this;
    const user = encodeURIComponent(userOf(login));
    return ServiceSecret._managed(this, 'login', {
      name: _secretName ?? `${name}-login`,
      generatedKeys: [PASSWORD_KEY],
      composedKeys: { [URL_KEY]: login.url(user, `${name}:${recipe.ports[0].number}`) },
    }, {
      name,
      component: recipe.component,
      ...labels && { labels },
      ...annotations && { annotations },
    });
  }
}

function credentialsOf({ credentials }: LoginRecipe): BackingCredentials {
  return credentials ?? GENERATED;
}

const GENERATED = BackingCredentials.generated();

function userOf(login: LoginRecipe): string {
  return credentialsOf(login)._userName ?? login.userName;
}

/** Servers take passwords as flags too: `--requirepass swordfish`, `--password=swordfish`. */
function checkArgs(args: readonly string[], report: Report): void {
  args.forEach((arg, index) => {
    const [, name, value = FLAG.test(args[index + 1] ?? '') ? undefined : args[index + 1]] = FLAG.exec(arg) ?? [];
    const isSecret = name === undefined ? isSecretLiteral('', arg) : value !== undefined && (isSecretLiteral(name, value) || /pass$|auth$/i.test(name));
    if (isSecret) {
      report({
        code: 'secret-literal',
        property: `args[${index}]`,
        message: `The argument '${name === undefined ? '…' : `--${name}`}' holds a secret, which everybody reads who may read pods.`,
        remedy: "Leave it out: the password of the login comes from 'credentials'.",
      });
    }
  });
}
