import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killCommands, killDaemons } from './processes';
import { Unavailable } from './unavailable';

/** How a run that was interrupted ends: 128 and the number of the signal, as shells have it. */
const INTERRUPTIONS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Checks that run real programs, one after the other, with their seconds; it counts them and cleans up after them. */
export class Suite {
  /** Runs the checks and ends the process: with 1 when one failed or none was there. */
  public static run(title: string, body: (suite: Suite) => Promise<void>): void {
    const suite = new Suite(title);
    for (const [signal, code] of Object.entries(INTERRUPTIONS)) {
      process.on(signal, () => {
        console.log(`\n${title}: interrupted by ${signal}, cleaning up`);
        void suite.end(code);
      });
    }
    suite.runBody(body).catch(error => suite.fail('everything else', error)).finally(() => void suite.end());
  }

  /** A folder of its own, which goes away at the end. */
  public readonly folder: string;
  private readonly started = Date.now();
  private readonly cleanups: (() => Promise<void>)[] = [];
  private passed = 0;
  private failed = 0;
  private skipped = 0;
  private ending = false;

  private constructor(private readonly title: string) {
    this.folder = mkdtempSync(join(tmpdir(), `${title}-`));
  }

  /** Says something on the way. */
  public note(text: string): void {
    console.log(`[${this.seconds().padStart(6)} s] ${text}`);
  }

  /** A check: it has passed unless `body` throws, and is skipped where that is `Unavailable`. What `body` returns is said beside the name. */
  public async check(name: string, body: () => Promise<string | void>): Promise<boolean> {
    if (this.ending) {
      // Nothing new begins while everything is being stopped.
      return new Promise(() => undefined);
    }
    const begun = Date.now();
    try {
      const remark = await body();
      this.passed += 1;
      this.note(`ok    ${name}${remark ? `: ${remark}` : ''} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
      return true;
    } catch (error) {
      this.fail(name, error);
      return false;
    }
  }

  /** A check that could not be made, and why. */
  public skip(name: string, reason: string): void {
    this.skipped += 1;
    this.note(`skip  ${name}: ${reason}`);
  }

  /** Something to undo at the end, however that comes; the last one first. */
  public atEnd(cleanup: () => Promise<void>): void {
    this.cleanups.push(cleanup);
  }

  private async runBody(body: (suite: Suite) => Promise<void>): Promise<void> {
    await body(this);
    if (this.passed + this.failed + this.skipped === 0) {
      throw new Error('nothing was checked');
    }
  }

  private fail(name: string, error: unknown): void {
    if (error instanceof Unavailable) {
      this.skip(name, error.message);
    // What fails while everything is being stopped fails for that reason.
    } else if (!this.ending) {
      this.failed += 1;
      const text = error instanceof Error ? error.message : String(error);
      this.note(`FAIL  ${name}\n${text.trimEnd().replace(/^/gm, '    ')}`);
    }
  }

  private async end(interrupted?: number): Promise<void> {
    if (this.ending) {
      return;
    }
    this.ending = true;
    let dirty = false;
    const removeFolder = async () => rmSync(this.folder, { recursive: true, force: true });
    const steps = [killCommands, ...this.cleanups.reverse(), killDaemons, killCommands, removeFolder];
    for (const cleanup of steps) {
      try {
        await cleanup();
      } catch (error) {
        dirty = true;
        console.log(`cleaning up: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    this.note(`${this.title}: done`);
    console.log(`${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
    process.exit(interrupted ?? (this.failed > 0 || dirty ? 1 : 0));
  }

  private seconds(): string {
    return ((Date.now() - this.started) / 1000).toFixed(1);
  }
}
