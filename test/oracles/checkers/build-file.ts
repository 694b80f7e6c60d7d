import { basename, join } from 'node:path';
import { run } from '../../support/real-runs/processes';
import { type Checker, type Control, type Finding, locate, UNREADABLE } from '../checker';
import { type Installation } from '../installation';
import { parseJson } from '../json';
import type { Output, OutputFile } from '../output';

interface Result {
  readonly file: string;
  /** The names of what the file builds. */
  readonly found: readonly string[];
  readonly error?: string;
}

/** Files of one name, read by a Go program of this repository as the tool that they are for reads them. */
abstract class BuildFile implements Checker {
  public abstract readonly name: string;
  public abstract readonly control: Control;
  protected abstract readonly fileName: string;
  private program = '';

  public judges(file: OutputFile): boolean {
    return basename(file.name) === this.fileName;
  }

  public async install(installation: Installation): Promise<void> {
    this.program = await installation.goModule(this.name, join(__dirname, '..', this.name));
  }

  public async check(outputs: readonly Output[]): Promise<Finding[]> {
    const files = outputs.flatMap(output => output.files.filter(file => this.judges(file)).map(({ path }) => path));
    const results = parseJson<Result[]>(this.name, await run(this.program, files));
    if (results.length !== files.length) {
      throw new Error(`${this.name} judged ${results.length} of ${files.length} files`);
    }
    return results.flatMap(({ file: path, found, error }) => {
      const { output, file } = locate(outputs, path);
      const where = { output: output.name, file: file.name };
      if (error !== undefined) {
        return [{ ...where, rule: UNREADABLE, message: error }];
      }
      return found.length > 0 ? [] : [{ ...where, rule: 'empty', message: 'it builds nothing' }];
    });
  }
}

/** `docker buildx bake`, up to the options of each target's build. */
export class BakeCheck extends BuildFile {
  public readonly name = 'bake-check';
  public readonly control = {
    rule: UNREADABLE,
    files: { 'artifacts/docker-bake.json': JSON.stringify({ target: { web: { inherits: ['nobody'], output: ['type=image'] } } }) },
  };

  protected readonly fileName = 'docker-bake.json';
}

/** The configuration types of ko. */
export class KoCheck extends BuildFile {
  public readonly name = 'ko-check';
  public readonly control = {
    rule: UNREADABLE,
    files: { 'artifacts/ko.yaml': 'builds:\n  - id: web\n    ldFlags: -s\n' },
  };

  protected readonly fileName = 'ko.yaml';
}

/** Compose files, by the code that `docker compose` reads them with. */
export class ComposeConfig extends BuildFile {
  public readonly name = 'compose-config';
  public readonly control = {
    rule: UNREADABLE,
    files: { 'artifacts/compose.yaml': 'name: shop\nservices:\n  web:\n    image: web:1\n    depends_on:\n      db:\n        condition: service_healthy\n' },
  };

  protected readonly fileName = 'compose.yaml';
}
