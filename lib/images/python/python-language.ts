import { checkPython } from './python-checks';
import { pythonPlan } from './python-stages';
import type { Report } from '../../diagnostics/report';
import { namedImage } from '../base-image';
import { ALPINE_VERSION, type ImageBase } from '../image-base';
import type { PythonImageOptions } from '../python-image-options';
import { APP } from '../recipe/final-stage';
import { FolderLanguage, unfit } from '../recipe/folder-language';
import type { Language, LanguageContext, LanguagePlan, Runtime } from '../recipe/language';
import { alpineImage, minorOf } from '../recipe/runtimes';
import { below, insideOf, lastPart, type SourceFault, SourceFolder } from '../source-folder';

/** The Python of Debian 13, which is that of distroless. */
const DISTROLESS_VERSION = '3.13';

/** Python: a project whose requirements are locked, and the module or file of it that is run. */
export class PythonLanguage extends FolderLanguage implements Language {
  public readonly name = 'Python';
  public readonly ownArguments = ['PYTHON_VERSION', 'PYTHONPATH', 'PYTHONUNBUFFERED', 'PYTHONDONTWRITEBYTECODE', 'LANG'];

  public constructor(path: string, public readonly options: PythonImageOptions) {
    super(new SourceFolder(path, { noun: 'project', files: ['uv.lock', 'requirements.txt'], remedy: "'uv lock' or 'pip-compile'", example: 'services/mail' }));
  }

  public get version(): string {
    return this.options.pythonVersion ?? this.source.read('.python-version')?.trim() ?? DISTROLESS_VERSION;
  }

  /** Whether uv knows what is installed. */
  public get usesUv(): boolean {
    return this.source.isFile('uv.lock');
  }

  /** Whether every requirement has a hash, so that pip can refuse what is another file. */
  public get hasHashes(): boolean {
    return this.usesUv || /--hash=sha256:/.test(this.source.read('requirements.txt') ?? '');
  }

  public get main(): string {
    return insideOf(this.options.main ?? 'main.py') ?? '';
  }

  /** What of the project is run. */
  public get packages(): readonly string[] {
    const { module, packages } = this.options;
    return packages ?? (this.isDirectory('src') ? ['src'] : [module === undefined ? this.main : this.moduleFile(module)]);
  }

  public get builderVariant(): string {
    const { builderVariant, base } = this.options;
    return builderVariant ?? (base?._facts.kind === 'alpine' ? `alpine${minorOf(base._facts.version ?? ALPINE_VERSION)}` : 'slim-trixie');
  }

  public programName(): string {
    return [this.source.folder, this.options.module ?? ''].map(lastPart).find(name => name !== '') ?? 'app';
  }

  public programPath(): string {
    return this.options.module === undefined ? below(APP, this.main) : below(APP, this.moduleFile(this.options.module));
  }

  public programs(): string[] {
    return [this.programPath()];
  }

  public interpreter(): string {
    return (this.options.base?._facts.kind ?? 'distroless') === 'distroless' ? '/usr/bin/python3' : 'python3';
  }

  public runtime(base: ImageBase): Runtime | SourceFault {
    const { kind, version, reference } = base._facts;
    switch (kind) {
      case 'scratch':
        return unfit('A program in Python needs Python, which an image from nothing has not.', "Leave 'base' out for distroless, or write ImageBase.alpine().");
      case 'alpine':
        return { image: alpineImage(minorOf(version!), 'python', `${this.version}-alpine`), hasShell: true, copiesSystem: false };
      case 'chainguard':
        return { image: namedImage(`cgr.dev/chainguard/python:${version}`), hasShell: false, copiesSystem: false };
      case 'custom':
        return { image: namedImage(reference!), hasShell: true, copiesSystem: false };
      default: {
        const repository = 'gcr.io/distroless/python3-debian13';
        return this.version.split('.').slice(0, 2).join('.') === DISTROLESS_VERSION
          ? { image: namedImage(`${repository}:nonroot`), debug: namedImage(`${repository}:debug-nonroot`), hasShell: false, copiesSystem: false }
          : unfit(`Distroless has Python ${DISTROLESS_VERSION} on Debian 13, not ${this.version}.`, `Write ${DISTROLESS_VERSION} as 'pythonVersion', or ImageBase.alpine().`);
      }
    }
  }

  public check(report: Report): void {
    checkPython(this, report);
  }

  public plan(context: LanguageContext): LanguagePlan | undefined {
    return pythonPlan(this, context);
  }

  /** Where a module lies: a package or a file; a module that is installed lies nowhere here. */
  private moduleFile(module: string): string {
    const [first] = module.split('.');
    return !this.isDirectory(first) && this.isFile(`${first}.py`) ? `${first}.py` : first;
  }
}
