import type { ConfigMap, IConfigMap } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { IServiceConfig } from './i-service-config';
import { checkKeyNames } from './keys';
import { type EnvFromOptions, envReference, envSource, fileVolume, type KeyedObject } from './references';
import type { EnvReference } from '../definition/env-reference';
import type { EnvSource } from '../definition/env-source';
import { checkReference } from '../definition/naming';
import type { Volume } from '../definition/volume';
import type { FileOptions } from '../definition/volume-options';
import { Diagnostics } from '../diagnostics/diagnostics';
import { nameOf } from '../synthesis/naming';

/** A ConfigMap that exists in the cluster already. */
export interface ExistingConfigProps {
  /**
   * The name of the ConfigMap.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
  /** The keys that it is known to have. */
  readonly keys: string[];
}

/** What is known of a ConfigMap that somebody else makes. */
type Known = Pick<KeyedObject, 'keys' | 'binaryKeys' | 'values' | 'remedy' | 'listsFiles'>;

/** A ConfigMap that somebody else makes: a handle without an object. */
export class ExistingConfig extends Construct implements IServiceConfig {
  public static named(scope: Construct, id: string, { name, keys }: ExistingConfigProps): ExistingConfig {
    const config = new ExistingConfig(scope, id, name, {
      keys: () => keys,
      binaryKeys: () => [],
      values: () => ({}),
      remedy: "Write one of its keys; where it has more, add them to 'keys' of ServiceConfig.existing().",
      listsFiles: true,
    });
    Diagnostics._check(config, report => {
      checkReference(config.name, 'ConfigMap', 'name', report);
      checkKeyNames(keys, 'keys', report);
    });
    return config;
  }

  public static of(configMap: IConfigMap, keys?: readonly string[]): ExistingConfig {
    // An imported ConfigMap has neither.
    const content = () => configMap as Partial<Pick<ConfigMap, 'data' | 'binaryData'>>;
    const scope = configMap as unknown as Construct;
    return new ExistingConfig(scope, `ServiceConfig${scope.node.children.length}`, configMap.name, {
      keys: () => keys ?? (content().data && Object.keys({ ...content().data, ...content().binaryData })),
      binaryKeys: () => Object.keys(content().binaryData ?? {}),
      values: () => ({ ...content().data, ...content().binaryData }),
      remedy: 'Write one that it has, or add the key to the ConfigMap.',
      listsFiles: keys !== undefined,
    });
  }

  public readonly name: string;
  private readonly object: KeyedObject;

  private constructor(scope: Construct, id: string, name: string | undefined, known: Known) {
    super(scope, id);
    this.name = nameOf(this, name);
    this.object = { ...known, kind: 'ConfigMap', name: this.name, rolls: true, mode: 0o444 };
  }

  public env(key: string): EnvReference {
    return envReference(this.object, key);
  }

  public asEnv(options: EnvFromOptions = {}): EnvSource {
    return envSource(this.object, options);
  }

  public asFiles(options: FileOptions = {}): Volume {
    return fileVolume(this.object, options);
  }
}
