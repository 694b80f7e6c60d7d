import { compact, type Json } from './json';
import { checkReference, isEnvName } from './naming';
import { type Report } from '../diagnostics/report';

/** All keys of a ConfigMap or Secret, as environment variables. */
export class EnvSource {
  /**
   * A ConfigMap that exists already. Diagnostics: `invalid-name`, `invalid-env-name`.
   *
   * @param name its name
   * @param prefix put before each key
   */
  public static configMap(name: string, prefix?: string): EnvSource {
    return EnvSource._of(report => {
      checkExisting(name, 'ConfigMap', prefix, report);
      return compact({ configMapRef: { name }, prefix });
    });
  }

  /**
   * A Secret that exists already. Files are safer: a crash report or a child process sees the environment.
   * Diagnostics: `invalid-name`, `invalid-env-name`.
   *
   * @param name its name
   * @param prefix put before each key
   */
  public static secret(name: string, prefix?: string): EnvSource {
    return EnvSource._of(report => {
      checkExisting(name, 'Secret', prefix, report);
      return compact({ secretRef: { name }, prefix });
    });
  }

  /**
   * @param render the entry of `envFrom`
   * @param variables the variables that it brings with their values, where they are known
   * @internal
   */
  public static _of(
    render: (report: Report) => Json,
    variables: () => { [name: string]: string } = () => ({}),
    digest?: () => string | undefined,
  ): EnvSource {
    return new EnvSource(render, variables, digest);
  }

  private constructor(
    private readonly render: (report: Report) => Json,
    private readonly variables: () => { [name: string]: string },
    private readonly digest?: () => string | undefined,
  ) {}

  /** @internal */
  public _render(report: Report): Json {
    return this.render(report);
  }

  /** @internal */
  public _variables(): { [name: string]: string } {
    return this.variables();
  }

  /**
   * Changes with the content; rolls the pods.
   *
   * @internal
   */
  public _digest(): string | undefined {
    return this.digest?.();
  }
}

function checkExisting(name: string, kind: string, prefix: string | undefined, report: Report): void {
  checkReference(name, kind, 'name', report);
  if (prefix !== undefined && !isEnvName(prefix)) {
    report({
      code: 'invalid-env-name',
      property: 'prefix',
      message: `No environment variable can begin with '${prefix}'.`,
      remedy: "Write letters, digits and underscores that do not begin with a digit, for example 'DB_'.",
    });
  }
}
