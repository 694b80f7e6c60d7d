import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const STORED = 0;

interface ZipEntry {
  readonly method: number;
  readonly compressedSize: number;
  readonly headerOffset: number;
}

/**
 * The files of a published Go module, read from the zip that the go command downloads and verifies.
 * The zip itself is read, since the command does not unpack a module that asks for a newer Go than the installed one.
 */
export class GoModule {
  /** Downloads `path@version`, or finds it in the module cache. */
  public static download(path: string, version: string): GoModule {
    const answer = JSON.parse(run('mod', 'download', '-json', `${path}@${version}`));
    if (!answer.Zip) {
      throw new Error(`go mod download ${path}@${version}: ${answer.Error}`);
    }
    return new GoModule(`${path}@${version}/`, readFileSync(answer.Zip));
  }

  /** Whether the module proxy can tell of `path@version`. */
  public static exists(path: string, version: string): boolean {
    try {
      run('list', '-m', `${path}@${version}`);
      return true;
    } catch {
      return false;
    }
  }

  private readonly entries: ReadonlyMap<string, ZipEntry>;

  private constructor(private readonly prefix: string, private readonly zip: Buffer) {
    this.entries = readDirectory(zip);
  }

  /** The paths, relative to the module, that match, in order. */
  public files(pattern: RegExp): string[] {
    return [...this.entries.keys()]
      .filter(name => name.startsWith(this.prefix))
      .map(name => name.slice(this.prefix.length))
      .filter(name => pattern.test(name))
      .sort();
  }

  /** The text of a file. */
  public read(file: string): string {
    const entry = this.entries.get(this.prefix + file);
    if (!entry) {
      throw new Error(`${this.prefix}${file} does not exist`);
    }
    const { method, compressedSize, headerOffset } = entry;
    const nameLength = this.zip.readUInt16LE(headerOffset + 26);
    const extraLength = this.zip.readUInt16LE(headerOffset + 28);
    const start = headerOffset + 30 + nameLength + extraLength;
    const data = this.zip.subarray(start, start + compressedSize);
    return (method === STORED ? data : inflateRawSync(data)).toString('utf8');
  }
}

function run(...args: string[]): string {
  try {
    return execFileSync('go', args, { cwd: tmpdir(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    // The command fails for a module that asks for a newer Go, yet says where it put the zip.
    const { stdout } = error as { stdout?: string };
    if (stdout?.includes('"Zip"')) {
      return stdout;
    }
    throw error;
  }
}

/** The central directory of a zip below 4 GB. */
function readDirectory(zip: Buffer): Map<string, ZipEntry> {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) {
    end -= 1;
  }
  const entries = new Map<string, ZipEntry>();
  let offset = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    const nameLength = zip.readUInt16LE(offset + 28);
    entries.set(zip.toString('utf8', offset + 46, offset + 46 + nameLength), {
      method: zip.readUInt16LE(offset + 10),
      compressedSize: zip.readUInt32LE(offset + 20),
      headerOffset: zip.readUInt32LE(offset + 42),
    });
    offset += 46 + nameLength + zip.readUInt16LE(offset + 30) + zip.readUInt16LE(offset + 32);
  }
  return entries;
}
