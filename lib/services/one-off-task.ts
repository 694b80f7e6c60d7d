import type { Construct, IConstruct } from 'constructs';
import { asTask, type TaskOptions } from './task-options';
import { Workload } from './workload';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, within } from '../diagnostics/report';
import { Environment } from '../platform/environment';
import { type AwaitedTask, RolloutOrder } from '../rollouts/rollout-order';
import { rolloutScripts } from '../rollouts/rollout-script';
import { Artifacts } from '../synthesis/artifact';
import { Job } from '../workloads/job';

/** What runs once. */
export interface OneOffTaskProps extends TaskOptions {
  /**
   * What must not begin, or change, before the task has completed, such as a service whose database it migrates.
   *
   * @default - nothing waits for it
   */
  readonly before?: Workload[];
  /**
   * Whether each version of the image runs it once: the name of the Job then ends in the tag. Without it, a Job that is there already
   * cannot be applied again with another image.
   *
   * @default - true where something waits for it (`before`)
   */
  readonly oncePerVersion?: boolean;
}

const DAY_SECONDS = 86400;
const VERSION_END = /^-+|-+$/g;

/**
 * What runs once, such as a migration or an import: Job, ServiceAccount, NetworkPolicy.
 *
 * Where something waits for it (`before`), that is marked as a later wave: Argo CD applies waves one after the other, and the artefact
 * `rollout.sh` does so with kubectl, which by itself waits for nothing.
 *
 * Diagnostics: `invalid-value`, `conflicting-options`, `dependency-cycle`, and those of every workload.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 * @example
 * const orders = new GoStyleMicroservice(chart, 'orders', { image: GoImage.fromModule('services/orders') });
 * new OneOffTask(chart, 'migrate-orders', {
 *   image: GoImage.fromModule('services/orders', { main: './cmd/migrate' }),
 *   deadline: Duration.minutes(10),
 *   before: [orders],
 * });
 */
export class OneOffTask extends Workload {
  /** The pods. */
  public readonly job: Job;

  private readonly task: OneOffTaskProps;
  private readonly heldBack: Workload[] = [];
  private awaited?: AwaitedTask;

  public constructor(scope: Construct, id: string, props: OneOffTaskProps) {
    super(scope, id, asTask(props));
    this.task = props;
    this.job = Job._create(this, 'job', {
      ...this._controller,
      renderedName: () => this.runsPerVersion ? this.versionedName() : this.name,
      options: props,
      // What is gone would be made again, and run, when the same version is applied once more.
      timeToLiveSeconds: () => this.runsPerVersion ? undefined : DAY_SECONDS,
    });
    Diagnostics._check(this, report => {
      this.checkVersion(report);
      checkCircle(RolloutOrder.of(this).circleOf(this), report);
      this.heldBack.forEach((workload, index) => checkEnvironment(this, workload, within(report, `before[${index}]`)));
    });
    props.before?.forEach(workload => this.addBefore(workload));
  }

  /**
   * Lets a workload that was made later wait for the task as well, as `before` does.
   *
   * Diagnostics: `dependency-cycle`, `conflicting-options`.
   */
  public addBefore(workload: Workload): void {
    const order = RolloutOrder.of(this);
    const { root } = this.node;
    const { deadline } = this.task;
    if (order.isEmpty) {
      Artifacts.of(root)._provide(() => rolloutScripts(root));
    }
    this.heldBack.push(workload);
    this.awaited ??= {
      construct: this,
      jobName: () => this.job.name,
      ...deadline && { deadlineSeconds: Math.ceil(deadline.toSeconds({ integral: false })) },
    };
    order.hold(workload, this.awaited);
  }

  /** @internal */
  protected override get _kind(): string {
    return 'Job';
  }

  private get runsPerVersion(): boolean {
    return this.task.oncePerVersion ?? this.heldBack.length > 0;
  }

  /** The versions differ by their tags, which may hold more than a name. */
  private versionedName(): string {
    const version = this._resolvedImage().tag?.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(VERSION_END, '');
    return version ? `${this.name}-${version}` : this.name;
  }

  private checkVersion(report: Report): void {
    if (this.runsPerVersion && this._resolvedImage().tag === undefined) {
      report({
        code: 'conflicting-options',
        property: 'oncePerVersion',
        message: 'The image has no tag, so nothing tells its versions apart.',
        remedy: 'Give the image a tag beside its digest, or write oncePerVersion: false.',
      });
    }
  }
}

function checkCircle(circle: readonly IConstruct[] | undefined, report: Report): void {
  if (circle) {
    report({
      code: 'dependency-cycle',
      property: 'before',
      message: `Each of these waits for the next: ${[...circle, circle[0]].map(({ node }) => node.path).join(' → ')}.`,
      remedy: "Drop one of them from 'before'.",
    });
  }
}

/** Each environment is applied by itself. */
function checkEnvironment(task: IConstruct, workload: IConstruct, report: Report): void {
  const [own, other] = [task, workload].map(construct => Environment.of(construct)?.name);
  if (own !== other) {
    const say = (name: string | undefined) => name === undefined ? 'no environment' : `the environment '${name}'`;
    report({
      code: 'conflicting-options',
      message: `The task stands in ${say(own)}, and '${workload.node.path}' in ${say(other)}; each is applied by itself.`,
      remedy: 'Make the task in the environment of what waits for it.',
    });
  }
}
