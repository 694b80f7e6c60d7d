import type { Construct } from 'constructs';
import type { BackingServiceOptions } from './backing-options';
import { BackingService } from './backing-service';
import { DEFAULT_RESOURCES } from './defaults';
import { Diagnostics } from '../diagnostics/diagnostics';

/** Something of a kind that the organisation provides itself. */
export interface ProvidedServiceProps {
  /** What it is, as the providers of the organisation know it, for example `OpenSearch`. */
  readonly kind: string;
  /**
   * The version.
   *
   * @default - the provider chooses
   */
  readonly version?: string;
  /**
   * What else the provider has to know. It stands in the definition, so no secret has a place here.
   *
   * @default - nothing
   */
  readonly parameters?: { [name: string]: string };
  /**
   * The name.
   *
   * @default - the id
   */
  readonly name?: string;
  /**
   * What names it in its environment, where several constructs mean one.
   *
   * @default - it is nobody else's
   */
  readonly sharedId?: string;
}

/**
 * A backing service of a kind that the package does not know: a provider of the organisation (`IBackingProvider`, in `backing` of its
 * platform) says where it is.
 *
 * @example
 * const search = new ProvidedService(chart, 'search', { kind: 'OpenSearch', parameters: { shards: '3' } });
 * new GoStyleMicroservice(chart, 'catalog', { image: GoImage.fromModule('services/catalog') }).connectTo(search);
 */
export class ProvidedService extends BackingService {
  public constructor(scope: Construct, id: string, props: ProvidedServiceProps) {
    const { kind, parameters, version = '', ...options } = props;
    super(scope, id, { ...options, version } as BackingServiceOptions);
    this._run({ kind, component: 'backing', ports: [], resources: DEFAULT_RESOURCES, health: {}, members: 1, parameters: { ...parameters } });
    Diagnostics._check(this, report => {
      if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(kind)) {
        report({ code: 'invalid-name', property: 'kind', message: `'${kind}' is not the name of a kind.`, remedy: "Use letters, digits and dashes, for example 'OpenSearch'." });
      }
    });
  }
}
