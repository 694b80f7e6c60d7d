import { type ApiObject } from 'cdk8s';
import type { IConfigMap } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ConfigContent } from './config-content';
import { ExistingConfig, type ExistingConfigProps } from './existing-config';
import type { IServiceConfig } from './i-service-config';
import { type EnvFromOptions, envReference, envSource, fileVolume, type KeyedObject } from './references';
import type { EnvReference } from '../definition/env-reference';
import type { EnvSource } from '../definition/env-source';
import { compactOrNone } from '../definition/json';
import { NameRule } from '../definition/naming';
import type { Volume } from '../definition/volume';
import type { FileOptions } from '../definition/volume-options';
import { defineManifest, type Owner } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';

/** What a config holds. */
export interface ServiceConfigProps {
  /**
   * The name of the ConfigMap.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * Texts by key.
   *
   * @default - none
   */
  readonly data?: { [key: string]: string };
  /**
   * Files by key, each with its path relative to the directory where the app runs. A file is read once, when the app renders; one that
   * is not UTF-8 goes into `binaryData`.
   *
   * @default - none
   */
  readonly files?: { [key: string]: string };
  /**
   * Bytes by key, in base64.
   *
   * @default - none
   */
  readonly binaryData?: { [key: string]: string };
  /**
   * Whether the cluster refuses changes of the values, which spares it from watching them. A change then needs another `name`.
   *
   * @default false
   */
  readonly immutable?: boolean;
  /**
   * Whether a change of the values rolls the pods that read them. Without it a program has to watch its files by itself.
   *
   * @default true
   */
  readonly rollOnChange?: boolean;
  /**
   * Labels of the ConfigMap.
   *
   * @default - those of the platform
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations of the ConfigMap.
   *
   * @default - those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
}

/** Hands the owner to the constructor, whose parameters are public. */
const OWNER = Symbol.for('cdk8s-golden-path.Owner');

/**
 * Configuration: a ConfigMap whose keys become environment variables or files. What a pod reads enters a digest in its template, so
 * that a change of the values rolls the pods which read them, and no others.
 *
 * Diagnostics: `invalid-name`, `invalid-value`, `duplicate-name`, `duplicate-key`, `secret-literal`, `unreadable-file`,
 * `server-side-apply`; where it is used `unknown-key`, `invalid-env-name`, `invalid-mount`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 *
 * @example
 * const settings = new ServiceConfig(chart, 'settings', { data: { DATABASE_HOST: 'db', DATABASE_PORT: '5432' } });
 * new GoStyleMicroservice(chart, 'orders', {
 *   image: GoImage.fromModule('services/orders'),
 *   envFrom: [settings.asEnv()],
 * });
 */
export class ServiceConfig extends Construct implements IServiceConfig {
  /**
   * A ConfigMap that exists in the cluster; nothing is emitted. Its values are not known, so a change of them rolls no pods.
   *
   * Diagnostics: `invalid-name`; where it is used `unknown-key`, `invalid-env-name`, `invalid-mount`.
   *
   * @param scope where the construct stands
   * @param id its id
   * @param props which ConfigMap
   */
  public static existing(scope: Construct, id: string, props: ExistingConfigProps): IServiceConfig {
    return ExistingConfig.named(scope, id, props);
  }

  /**
   * A ConfigMap of cdk8s-plus. Where it is made in this app, its keys and values are known; an imported one needs `keys`.
   *
   * @param configMap the ConfigMap
   * @param keys the keys that it is known to have
   */
  public static fromConfigMap(configMap: IConfigMap, keys?: string[]): IServiceConfig {
    return ExistingConfig.of(configMap, keys);
  }

  /**
   * A config that belongs to a service.
   *
   * @internal
   */
  public static _create(scope: Construct, id: string, props: ServiceConfigProps, owner: Owner): ServiceConfig {
    return new ServiceConfig(scope, id, { ...props, [OWNER]: owner } as ServiceConfigProps);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the ConfigMap. */
  public readonly name: string;
  private readonly content = new ConfigContent();
  private readonly object: KeyedObject;

  public constructor(scope: Construct, id: string, props: ServiceConfigProps = {}) {
    super(scope, id);
    this.name = nameOf(this, props.name);
    this.content.add('data', props.data);
    this.content.add('files', props.files);
    this.content.add('binaryData', props.binaryData);
    this.object = {
      kind: 'ConfigMap',
      name: this.name,
      keys: () => this.content.keys(),
      binaryKeys: () => Object.keys(this.content.read().bytes),
      values: () => {
        const { texts, bytes } = this.content.read();
        return { ...texts, ...bytes };
      },
      remedy: 'Write one that it has, or add the key: addData(key, value).',
      rolls: props.rollOnChange ?? true,
      mode: 0o444,
      listsFiles: false,
    };
    const { [OWNER]: owner = { name: this.name, component: 'configuration' } } = props as { [OWNER]?: Owner };
    this.apiObject = defineManifest(this, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: this.name,
      nameRule: NameRule.SUBDOMAIN,
      owner,
      ...props.labels && { labels: () => props.labels! },
      ...props.annotations && { annotations: () => props.annotations! },
      fields: {
        data: report => {
          this.content.check(report);
          return compactOrNone(this.content.read().texts);
        },
        binaryData: () => compactOrNone(this.content.read().bytes),
        immutable: () => props.immutable || undefined,
      },
    });
  }

  /** A copy of the texts by key; files are not among them. */
  public get data(): { [key: string]: string } {
    return this.content.literals();
  }

  /**
   * Adds a text.
   *
   * @param key the key
   * @param value the text
   */
  public addData(key: string, value: string): void {
    this.content.add('data', { [key]: value });
  }

  /**
   * Adds a file.
   *
   * @param key the key
   * @param path its path relative to the directory where the app runs
   */
  public addFile(key: string, path: string): void {
    this.content.add('files', { [key]: path });
  }

  /**
   * Adds bytes.
   *
   * @param key the key
   * @param base64 the bytes in base64
   */
  public addBinaryData(key: string, base64: string): void {
    this.content.add('binaryData', { [key]: base64 });
  }

  /** One key, as an environment variable. A change of its value rolls the pods. Diagnostics: `unknown-key`, `invalid-value`. */
  public env(key: string): EnvReference {
    return envReference(this.object, key);
  }

  /** All keys, as environment variables. A change of a value rolls the pods. Diagnostics: `invalid-env-name`, `invalid-value`. */
  public asEnv(options: EnvFromOptions = {}): EnvSource {
    return envSource(this.object, options);
  }

  /** Keys, as files that everybody in the pod may read. A change of a value rolls the pods. Diagnostics: `unknown-key`, `invalid-mount`, `invalid-value`. */
  public asFiles(options: FileOptions = {}): Volume {
    return fileVolume(this.object, options);
  }
}
