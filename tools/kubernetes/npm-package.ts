import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** The folder that the files of every package lie in. */
const ROOT = 'package/';

/** The files of a published npm package, read from the archive that npm downloads; nothing is installed. */
export class NpmPackage {
  /** Downloads `name@version`, or finds it in the cache; an archive with another hash than `integrity` is refused. */
  public static download(name: string, version: string, integrity: string): NpmPackage {
    const folder = mkdtempSync(join(tmpdir(), 'npm-package-'));
    try {
      const [packed] = JSON.parse(execFileSync('npm', ['pack', `${name}@${version}`, '--json', '--prefer-offline', '--pack-destination', folder], {
        encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'],
      }));
      // npm has compared the archive with it.
      if (packed.integrity !== integrity) {
        throw new Error(`${name}@${version} has the hash ${packed.integrity}, not ${integrity}`);
      }
      return new NpmPackage(readArchive(join(folder, packed.filename), folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  private constructor(private readonly contents: ReadonlyMap<string, string>) {}

  /** The paths, relative to the package, that match, in order. */
  public files(pattern: RegExp): string[] {
    return [...this.contents.keys()].filter(name => pattern.test(name)).sort();
  }

  /** The text of a file. */
  public read(file: string): string {
    const text = this.contents.get(file);
    if (text === undefined) {
      throw new Error(`${ROOT}${file} does not exist`);
    }
    return text;
  }
}

/** The files of an archive by their paths below the folder of the package. */
function readArchive(archive: string, folder: string): Map<string, string> {
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  const root = join(folder, ROOT);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(files.map(file => [relative(root, file), readFileSync(file, 'utf8')]));
}
