import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type JobDefinition, renderJobSpec } from './job-spec';
import { defineManifest } from '../synthesis/manifest';

/** What a Job of its own is made from. */
export interface SingleJobDefinition extends JobDefinition {
  readonly renderedName: () => string;
}

/** Pods that run until enough of them have succeeded. */
export class Job extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, definition: SingleJobDefinition): Job {
    return new Job(scope, id, definition);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;

  private constructor(scope: Construct, id: string, private readonly definition: SingleJobDefinition) {
    super(scope, id);
    const { name, renderedName, owner, labels, annotations } = definition;
    this.apiObject = defineManifest(this, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      name,
      renderedName,
      owner,
      ...labels && { labels },
      ...annotations && { annotations },
      fields: { spec: (report, decisions) => renderJobSpec(this, definition, decisions, report) },
    });
  }

  /** The name of the Job, which may end in the version that it runs. */
  public get name(): string {
    return this.definition.renderedName();
  }
}
