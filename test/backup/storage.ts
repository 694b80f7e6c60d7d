import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Pods } from './pods';
import { demandRunning } from '../cluster/control-plane';
import { until } from '../support/real-runs/processes';

/** Its host, as the fixture has it. */
export const STORAGE = 'storage.example.com';
export const BUCKET = 'acme-backups';
const [KEY, SECRET] = ['backup', 'a-secret-of-the-storage'];
const DAY_SECONDS = 86_400;

/** The file by which clients log in. */
export function credentials(secret = SECRET): string {
  return `[default]\naws_access_key_id = ${KEY}\naws_secret_access_key = ${secret}\n`;
}

/** Object storage that speaks S3, by rclone, and what lies in it. */
export class Storage {
  public constructor(private readonly folder: string, private readonly pods: Pods, private readonly rclone: string) {}

  public async start(): Promise<void> {
    mkdirSync(join(this.folder, BUCKET), { recursive: true });
    const daemon = this.pods.startBeside(this.rclone, [
      'serve', 's3', '--config=/dev/null', '--addr=127.0.0.1:9000', `--auth-key=${KEY},${SECRET}`, '--dir-cache-time=0', this.folder,
    ]);
    await until('the storage listens', 20, async () => {
      demandRunning(daemon);
      return existsSync(daemon.log) && readFileSync(daemon.log, 'utf8').includes('Starting s3 server');
    });
  }

  /** The names of all objects, in every bucket. */
  public objects(below = ''): string[] {
    return readdirSync(join(this.folder, below), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile()).map(entry => relative(join(this.folder, below), join(entry.parentPath, entry.name))).sort();
  }

  public sizeOf(object: string): number {
    return statSync(join(this.folder, object)).size;
  }

  /** Lets an object lie there as if it were some days old. */
  public putOld(object: string, days: number): void {
    const file = join(this.folder, object);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'old');
    const then = Date.now() / 1000 - days * DAY_SECONDS;
    utimesSync(file, then, then);
  }
}
