import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Json } from '../definition/json';
import { type Diagnostic, Severity } from '../diagnostics/diagnostic';
import { Diagnostics } from '../diagnostics/diagnostics';
import { Environment } from '../platform/environment';
import { titleOf } from '../reports/object-title';
import { PlatformApp } from '../synthesis/platform-app';

/** An object of the app, as it is written. */
export interface TestedObject {
  readonly construct: IConstruct;
  /** Empty where the app has no environments. */
  readonly environment: string;
  readonly kind: string;
  readonly name: string;
  /** Empty where the manifest names none. */
  readonly namespace: string;
  /** Such as `Deployment shop/orders`. */
  readonly title: string;
  readonly manifest: Json;
}

/** A part of an app, judged and rendered once. */
export class TestedApp {
  /** All findings about the part, accepted ones included. */
  public readonly findings: readonly Diagnostic[];
  private rendered?: readonly TestedObject[];

  public constructor(public readonly scope: IConstruct) {
    const { root, path } = scope.node;
    const all = root instanceof PlatformApp ? root._findings() : Diagnostics.of(root).collect();
    this.findings = scope === root ? all : all.filter(finding => finding.path === path || finding.path.startsWith(`${path}/`));
  }

  /** What stops a synth. */
  public get errors(): readonly Diagnostic[] {
    return this.findings.filter(({ severity }) => severity === Severity.ERROR);
  }

  public get warnings(): readonly Diagnostic[] {
    return this.findings.filter(({ severity, acknowledgedReason }) => severity === Severity.WARNING && acknowledgedReason === undefined);
  }

  /** The objects of the whole app, in the order of its tree. */
  public get all(): readonly TestedObject[] {
    this.rendered ??= this.scope.node.root.node.findAll().filter(construct => ApiObject.isApiObject(construct)).map(construct => {
      const manifest: Json = JSON.parse(JSON.stringify((construct as ApiObject).toJson()));
      const object = { kind: String(manifest.kind), name: String(manifest.metadata?.name), namespace: String(manifest.metadata?.namespace ?? '') };
      return { ...object, construct, environment: Environment.of(construct)?.name ?? '', title: titleOf(object), manifest };
    });
    return this.rendered;
  }

  /** Those of the part. */
  public get objects(): readonly TestedObject[] {
    return this.scope === this.scope.node.root ? this.all : this.all.filter(({ construct }) => construct.node.scopes.includes(this.scope));
  }
}
