import { checkRust } from './rust-checks';
import { rustPlan } from './rust-stages';
import type { Report } from '../../diagnostics/report';
import { namedImage } from '../base-image';
import { DistrolessFlavor, type ImageBase } from '../image-base';
import { APP } from '../recipe/final-stage';
import { FolderLanguage, unfit } from '../recipe/folder-language';
import type { Language, LanguageContext, LanguagePlan, Runtime } from '../recipe/language';
import { DEFAULT_PLATFORMS } from '../recipe/source-recipe';
import type { RustImageOptions } from '../rust-image-options';
import { type SourceFault, SourceFolder } from '../source-folder';

const DEFAULT_VERSION = '1.95.0';

/** Rust: a crate that Cargo builds, and the binary that comes of it. */
export class RustLanguage extends FolderLanguage implements Language {
  public readonly name = 'Rust';
  public readonly ownArguments = ['RUST_VERSION', 'CARGO_PROFILE_RELEASE_STRIP'];

  public constructor(path: string, public readonly options: RustImageOptions) {
    super(new SourceFolder(path, { noun: 'crate', files: ['Cargo.toml'], remedy: "'cargo init'", example: 'services/pricing' }));
  }

  public get platforms(): readonly string[] {
    return this.options.platforms ?? DEFAULT_PLATFORMS;
  }

  public get version(): string {
    return this.options.rustVersion ?? /^\s*channel\s*=\s*"([^"]+)"/m.exec(this.source.read('rust-toolchain.toml') ?? '')?.[1] ?? DEFAULT_VERSION;
  }

  public get binary(): string | undefined {
    return this.options.binary ?? this.nameIn(/^\[\[bin\]\]$/) ?? this.nameIn(/^\[package\]$/);
  }

  public programName(): string {
    return this.binary ?? 'app';
  }

  public programPath(): string {
    return `${APP}/${this.programName()}`;
  }

  public programs(): string[] {
    return [this.programPath()];
  }

  public runtime(base: ImageBase): Runtime | SourceFault {
    const { kind, version, reference, flavor = DistrolessFlavor.CC } = base._facts;
    switch (kind) {
      case 'scratch':
      case 'alpine':
        return unfit(
          `The program is linked with the C library of Debian, which ${kind === 'scratch' ? 'an image from nothing' : 'Alpine Linux'} has not.`,
          "Leave 'base' out for distroless.",
        );
      case 'chainguard':
        return { image: namedImage(`cgr.dev/chainguard/glibc-dynamic:${version}`), hasShell: false, copiesSystem: false };
      case 'custom':
        return { image: namedImage(reference!), hasShell: true, copiesSystem: false };
      default: {
        const repository = `gcr.io/distroless/${flavor}-debian13`;
        return flavor === DistrolessFlavor.CC
          ? { image: namedImage(`${repository}:nonroot`), debug: namedImage(`${repository}:debug-nonroot`), hasShell: false, copiesSystem: false }
          : unfit(`The program is linked with libgcc, which distroless/${flavor} has not.`, 'Leave the flavor out, or write DistrolessFlavor.CC.');
      }
    }
  }

  public check(report: Report): void {
    checkRust(this, report);
  }

  public plan(context: LanguageContext): LanguagePlan | undefined {
    return this.binary === undefined ? undefined : rustPlan(this, this.binary, context);
  }

  /** The name in the first table of a kind. */
  private nameIn(table: RegExp): string | undefined {
    const lines = (this.source.read('Cargo.toml') ?? '').split(/\r?\n/).map(line => line.trim());
    const start = lines.findIndex(line => table.test(line));
    if (start < 0) {
      return undefined;
    }
    const end = lines.findIndex((line, index) => index > start && line.startsWith('['));
    return lines.slice(start + 1, end < 0 ? undefined : end).map(line => /^name\s*=\s*"([^"]+)"/.exec(line)?.[1]).find(name => name !== undefined);
  }
}
