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
class BuildFile implements Checker {
  public readonly control: Control;
  private program = '';

  /** @param unreadable the text of a file that the tool refuses */
  public constructor(public readonly name: string, private readonly fileName: string, unreadable: string) {
    this.control = { rule: UNREADABLE, files: { [`artifacts/${fileName}`]: unreadable } };
  }

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

/** What builds images and runs them on one machine. */
export function buildFileCheckers(): Checker[] {
  return [
    // `docker buildx bake`, up to the options of each target's build.
    new BuildFile('bake-check', 'docker-bake.json', JSON.stringify({ target: { web: { inherits: ['nobody'], output: ['type=image'] } } })),
    // The configuration types of ko.
    new BuildFile('ko-check', 'ko.yaml', 'builds:\n  - id: web\n    ldFlags: -s\n'),
    // The code that `docker compose` reads compose files with.
    new BuildFile('compose-config', 'compose.yaml', 'name: shop\nservices:\n  web:\n    image: web:1\n    depends_on:\n      db:\n        condition: service_healthy\n'),
  ];
}
