import { Construct, type IConstruct } from 'constructs';
import { Platform } from './platform';
import type { PlatformProps } from './platform-props';
import { isDnsLabel } from '../definition/naming';
import { Diagnostics } from '../diagnostics/diagnostics';

const ENVIRONMENT = Symbol.for('cdk8s-golden-path.Environment');

/**
 * One place where the application runs, development or production for example. The charts below it are written to a folder of its
 * name; what differs is either a decision of its platform or an argument of the function that builds the charts.
 *
 * Diagnostics: `invalid-name`.
 *
 * @example
 * for (const [name, replicas] of [['dev', 1], ['prod', 3]] as const) {
 *   const environment = new Environment(app, name, { labels: { stage: name } });
 *   const shop = new Chart(environment, 'shop', { namespace: 'shop' });
 *   new GoStyleMicroservice(shop, 'orders', {
 *     image: GoImage.fromModule('services/orders'),
 *     replicas: Replicas.fixed(replicas),
 *   });
 * }
 */
export class Environment extends Construct {
  /** The environment that a construct belongs to; nothing in an app without environments. */
  public static of(construct: IConstruct): Environment | undefined {
    let found: Environment | undefined;
    // The outermost counts; one inside another is reported.
    for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
      found = (at as { [ENVIRONMENT]?: Environment })[ENVIRONMENT] ?? found;
    }
    return found;
  }

  /** The name, which is that of its folder. */
  public readonly name: string;
  /** What the organisation decided for this environment. */
  public readonly platform: Platform;

  public constructor(scope: Construct, name: string, props: PlatformProps = {}) {
    super(scope, name);
    this.name = name;
    this.platform = new Platform(this, props);
    (this as { [ENVIRONMENT]?: Environment })[ENVIRONMENT] = this;
    Diagnostics._check(this, report => {
      if (!isDnsLabel(name)) {
        report({ code: 'invalid-name', message: `'${name}' cannot name an environment.`, remedy: 'Use at most 63 lower-case letters, digits and dashes.' });
      }
      const outer = scope.node.scopes.map(above => Environment.of(above)).find(found => found !== undefined);
      if (outer) {
        report({ code: 'invalid-name', message: `The environment lies inside the environment '${outer.name}'.`, remedy: 'Put environments beside each other, directly below the app.' });
      }
    });
  }
}
