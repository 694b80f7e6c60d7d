import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;
/** Where a header of tar says the name, the size in octal digits, the type of the entry, and what goes before a long name. */
const NAME = { start: 0, length: 100 };
const SIZE = { start: 124, length: 12 };
const TYPE = { start: 156, length: 1 };
const PREFIX = { start: 345, length: 155 };
const REGULAR_FILE = /^0?$/;

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
      return new NpmPackage(readArchive(gunzipSync(readFileSync(join(folder, packed.filename)))));
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

/** The files of a tar archive by their paths below the folder of the package. */
function readArchive(tar: Buffer): Map<string, string> {
  const contents = new Map<string, string>();
  let offset = 0;
  while (offset + BLOCK <= tar.length && tar[offset] !== 0) {
    const field = ({ start, length }: typeof NAME) => tar.toString('utf8', offset + start, offset + start + length).split('\0')[0];
    const name = [field(PREFIX), field(NAME)].filter(part => part !== '').join('/');
    const size = parseInt(field(SIZE), 8);
    if (REGULAR_FILE.test(field(TYPE)) && name.startsWith(ROOT)) {
      contents.set(name.slice(ROOT.length), tar.toString('utf8', offset + BLOCK, offset + BLOCK + size));
    }
    offset += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return contents;
}
