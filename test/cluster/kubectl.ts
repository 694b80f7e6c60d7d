import { join } from 'node:path';
import type { KubernetesObject } from '../support/real-runs/manifests';
import { output, type Outcome, run, type RunOptions } from '../support/real-runs/processes';

/** `Deployment shop/orders`. */
export function describeObject({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;
}

/** The answer of a server to objects that were sent to it: what it stored, and what it said beside that, of which warnings are a part. */
export interface Answer {
  readonly objects: readonly KubernetesObject[];
  /** Nothing when all is well. */
  readonly complaints: string;
}

/** kubectl, pointed at one cluster. */
export class Kubectl {
  private readonly options: RunOptions;

  public constructor(private readonly program: string, kubeconfig: string, private readonly folder: string) {
    this.options = { env: { KUBECONFIG: kubeconfig } };
  }

  /** Applies files, folders or, by `-`, the objects given, as users do. */
  public async apply(source: string, objects: readonly object[] = [], flags: readonly string[] = []): Promise<Answer> {
    // As documents of one stream: kubectl would check the fields of a List's items itself, by rules of its own, instead of asking the server.
    const input = objects.map(object => JSON.stringify(object)).join('\n');
    const args = ['apply', '--server-side', '--field-manager=cluster-test', '--validate=strict', ...flags, '-o', 'json', '-f', source];
    const { status, stdout, stderr } = await this.run(args, input);
    const complaints = stderr.trim() || (status === 0 ? '' : `exit status ${status}`);
    return { objects: stdout.trim() === '' ? [] : itemsOf(JSON.parse(stdout)), complaints };
  }

  /** Asks whether objects would be accepted, admission included, and stores nothing. */
  public async judge(...objects: readonly object[]): Promise<Answer> {
    return this.apply('-', objects, ['--dry-run=server', '--force-conflicts']);
  }

  /** The objects of files or folders, as they are now. */
  public async get(source: string): Promise<KubernetesObject[]> {
    return itemsOf(JSON.parse(await this.output(['get', '-o', 'json', '-f', source])));
  }

  /** Which Kubernetes answers. */
  public async serverVersion(): Promise<string> {
    return JSON.parse(await this.output(['version', '-o', 'json'])).serverVersion.gitVersion;
  }

  /** Runs kubectl, which must succeed. */
  public async output(args: readonly string[], input?: string): Promise<string> {
    return output(this.program, this.flags(args), { ...this.options, input });
  }

  /** Runs kubectl, however it ends. */
  public async run(args: readonly string[], input?: string): Promise<Outcome> {
    return run(this.program, this.flags(args), { ...this.options, input });
  }

  /** Runs kubectl while it waits for something, which must come in time. */
  public async wait(args: readonly string[], seconds: number): Promise<string> {
    return output(this.program, this.flags(args, 0), { ...this.options, timeoutSeconds: seconds });
  }

  /** Runs a program in a container, which must succeed in time; what it prints comes back. */
  public async execute(pod: string, namespace: string, command: readonly string[], seconds: number, input?: string): Promise<string> {
    const args = ['exec', ...input === undefined ? [] : ['--stdin'], `--namespace=${namespace}`, pod, '--', ...command];
    return output(this.program, this.flags(args, 0), { ...this.options, input, timeoutSeconds: seconds });
  }

  private flags(args: readonly string[], requestSeconds = 30): string[] {
    return ['--cache-dir', join(this.folder, 'kubectl-cache'), `--request-timeout=${requestSeconds}s`, ...args];
  }
}

function itemsOf(answer: KubernetesObject & { readonly items?: KubernetesObject[] }): KubernetesObject[] {
  return answer.kind === 'List' ? answer.items! : [answer];
}
