import type { Changes, Ended, Pods, Running } from './pods';
import { restoreJob } from './restore';
import type { Server } from './servers';
import { BUCKET, credentials, type Storage } from './storage';
import { demandEqual } from '../image-builds/demands';
import type { KubernetesObject } from '../support/real-runs/manifests';
import type { Suite } from '../support/real-runs/suite';

const DUMP = /^\d{8}T\d{6}Z$/;
/** Dumps are kept for fourteen days. */
const [TOO_OLD, YOUNG] = [15, 13];
const NO_ROOM = 'nr_inodes=1';
const LITTLE_ROOM = 'size=256k';

/** What has to be seen of the backup of one server. */
export class BackupChecks {
  private readonly folder: string;

  public constructor(
    private readonly suite: Suite,
    private readonly pods: Pods,
    private readonly storage: Storage,
    private readonly objects: readonly KubernetesObject[],
    private readonly kind: Server,
    private readonly kubectl: string,
  ) {
    this.folder = `${BUCKET}/shop/${kind.name}`;
  }

  public async run(): Promise<void> {
    const { suite, kind: { name } } = this;
    let server: Running | undefined;
    await suite.check(`${name}: the job of its CronJob uploads a dump by the documented name`, async () => {
      server = await this.serve();
      await this.ask(server, this.kind.write('green'));
      demandEqual('the exit status of the job', ...succeeded(await this.backUp()));
      const [object, ...others] = this.storage.objects(this.folder);
      demandEqual('that it is called by its time', DUMP.test(object), true);
      demandEqual('what else there is', others, []);
      return `${this.folder}/${object}: ${this.storage.sizeOf(`${this.folder}/${object}`)} bytes`;
    });
    if (!server) {
      return;
    }
    await suite.check(`${name}: a fresh server gets it back by the documented restore`, async () => {
      await this.pods.stop(server!);
      this.pods.empty(this.kind.claim);
      server = await this.serve();
      demandEqual('the value that a fresh server has', await this.ask(server, this.kind.read), '');
      await this.ask(server, this.kind.write('red'));
      const { job, stopsServer } = await restoreJob(name, this.object('CronJob', `${name}-backup`), this.kubectl);
      if (stopsServer) {
        await this.pods.stop(server);
      }
      demandEqual('the exit status of the job', ...succeeded(await this.pods.run(job)));
      server = stopsServer ? await this.serve() : server;
      demandEqual('the value', await this.ask(server, this.kind.read), 'green');
      await this.pods.stop(server);
      server = await this.serve();
      demandEqual('the value after another start', await this.ask(server, this.kind.read), 'green');
    });
    await suite.check(`${name}: of what is old, its dumps alone go once a new one is there`, async () => {
      const before = this.storage.objects(this.folder);
      const old = ['20200102T030405Z', '20200102T030406Z', 'notes', 'other/20200102T030405Z'];
      old.forEach(object => this.storage.putOld(`${this.folder}/${object}`, TOO_OLD));
      this.storage.putOld(`${this.folder}/20200102T030407Z`, YOUNG);
      await this.demandFailure('dump', { scratch: NO_ROOM });
      demandEqual('what is there after one that failed', this.storage.objects(this.folder), [...before, ...old, '20200102T030407Z'].sort());
      demandEqual('the exit status of the job', ...succeeded(await this.backUp()));
      const after = this.storage.objects(this.folder).filter(object => !before.includes(object));
      demandEqual('what is there', after.filter(object => !DUMP.test(object) || object.startsWith('2020')), ['20200102T030407Z', 'notes', 'other/20200102T030405Z']);
      demandEqual('how many there are', after.length, 4);
    });
    await suite.check(`${name}: without its bucket, a key or room for the dump the job fails, and nothing is uploaded`, async () => {
      await this.demandFailure(`${name}-backup`, { env: { TARGET: 'storage:absent/shop' } });
      await this.demandFailure(`${name}-backup`, { secrets: { 'backup-storage/credentials': credentials('wrong') } });
      await this.demandFailure(`${name}-backup`, { secrets: { 'backup-storage/credentials': '' } });
      await this.ask(server!, this.kind.fill);
      await this.demandFailure('dump', { scratch: LITTLE_ROOM });
    });
    await this.pods.stop(server);
  }

  /** The job fails in one of its containers, and the storage is what it was. */
  private async demandFailure(container: string, changes: Changes): Promise<void> {
    const before = this.storage.objects();
    const ended = await this.backUp(changes);
    const what = `with ${JSON.stringify(changes)}, which said\n${ended.output}`;
    demandEqual(`where it ends ${what}`, ended.container, container);
    demandEqual(`that it fails ${what}`, ended.status !== 0, true);
    demandEqual(`what is in the storage ${what}`, this.storage.objects(), before);
  }

  private async serve(): Promise<Running> {
    return this.pods.serve(this.object('StatefulSet', this.kind.name));
  }

  private async backUp(changes: Changes = {}): Promise<Ended> {
    return this.pods.run(this.object('CronJob', `${this.kind.name}-backup`), changes);
  }

  private async ask(server: Running, command: readonly string[]): Promise<string> {
    const { status, output: said } = await this.pods.exec(server, command);
    if (status !== 0) {
      throw new Error(`${command.join(' ')}: exit status ${status}\n${said}`);
    }
    return said;
  }

  private object(kind: string, name: string): KubernetesObject {
    return this.objects.find(each => each.kind === kind && each.metadata.name === name)!;
  }
}

/** What a job that must succeed is held to: its exit status, with what it said where that is another one. */
function succeeded({ status, output: said }: Ended): [unknown, unknown] {
  return status === 0 ? [0, 0] : [`${status}\n${said}`, 0];
}
