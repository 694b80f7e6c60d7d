import { type Embed, findEmbeds } from './go-embeds';
import { type GoModFile, parseGoMod } from './go-mod-file';
import { type GoWorkFile, parseGoWork } from './go-work-file';
import { entriesOf } from '../source-files';
import { below, insideOf, leavesWorkingDirectory, normalFolder, type SourceFault, SourceFolder } from '../source-folder';

/**
 * The folder of a Go module, and the folder that its build reads: the same one, or one further up that holds the modules which replace others,
 * or the workspace.
 */
export class GoModule extends SourceFolder {
  /** The folder that the build reads, relative to the working directory. */
  public readonly context: string;
  private readonly root: SourceFolder;

  /**
   * @param path the folder, as the user wrote it
   * @param context the folder that the build reads, as the user wrote it
   */
  public constructor(path: string, private readonly givenContext?: string) {
    super(path, { noun: 'module', files: ['go.mod'], remedy: "'go mod init'", example: 'services/orders' });
    this.context = givenContext === undefined ? this.folder : normalFolder(givenContext);
    this.root = new SourceFolder(this.context, { noun: 'context', files: [], remedy: '', example: '.' });
  }

  /** The folder of the module below the context; `.` where they are the same. */
  public get inside(): string {
    return this.context === this.folder ? '.' : this.context === '.' ? this.folder : this.folder.slice(this.context.length + 1);
  }

  /** What is wrong with the context. */
  public contextFault(): SourceFault | undefined {
    const { givenContext, context, folder } = this;
    const holds = givenContext === undefined || (!leavesWorkingDirectory(givenContext)
      && (context === '.' || context === folder || folder.startsWith(`${context}/`)));
    return holds ? undefined : {
      message: `The build reads '${givenContext}', in which '${this.path}' does not lie.`,
      remedy: `Write '.' or a folder that holds '${this.path}', relative to the working directory.`,
    };
  }

  /** The go.mod; nothing where there is none. */
  public goMod(): GoModFile | undefined {
    return this.once('go.mod', () => this.fault() ? undefined : parseGoMod(this.read('go.mod')!));
  }

  /** The workspace of the context, where the module is one of its modules. */
  public workspace(): GoWorkFile | undefined {
    return this.once('go.work', () => {
      const content = this.fault() || this.contextFault() ? undefined : this.root.read('go.work');
      const work = content === undefined ? undefined : parseGoWork(content);
      return work?.uses.some(folder => (insideOf(folder) ?? '.') === this.inside) ? work : undefined;
    });
  }

  /**
   * Whether modules of the workspace require each other by a version. The go command then asks the network for that version as soon as it
   * looks at all modules, although it would build from the folders.
   */
  public workspaceRequiresItself(): boolean {
    return this.once('requires itself', () => {
      const files = this.workspace() ? this.modules().map(folder => parseGoMod(this.root.read(below(folder, 'go.mod')) ?? '')) : [];
      return files.some(({ requires }) => requires.some(path => files.some(({ module }) => module === path)));
    });
  }

  /** Every folder of a module that the build takes, its own first; relative to the context. */
  public modules(): string[] {
    return this.once('modules', () => {
      const found = [this.inside, ...this.used(), ...this.replacements()].filter(folder => folder !== undefined);
      return [...new Set(found)];
    });
  }

  /** Replacements that lead out of the context, as they are written. */
  public strayReplacements(): { readonly module: string; readonly folder: string }[] {
    return (this.goMod()?.localReplacements ?? []).filter(({ folder }) => this.fromModule(folder) === undefined);
  }

  /** Whether the context has a file; paths are relative to it. */
  public contextHasFile(path: string): boolean {
    return this.root.isFile(path);
  }

  /** Whether a folder holds Go files. */
  public holdsGoFiles(path: string): boolean {
    return this.once(`go files ${path}`, () =>
      entriesOf(`${this.folder}/${path}`).some(({ name }) => name.endsWith('.go') && !name.endsWith('_test.go')));
  }

  /** What its packages, and those of the modules that it takes from here, embed; relative to the context. */
  public embeds(): readonly Embed[] {
    return this.once('embeds', () => this.modules().flatMap(module =>
      findEmbeds(below(this.context, module)).map(({ pattern, isFile }) => ({ pattern: below(module, pattern), isFile }))));
  }

  private used(): (string | undefined)[] {
    return this.workspace()?.uses.map(folder => insideOf(folder) ?? (/^[./]*$/.test(folder) ? '.' : undefined)) ?? [];
  }

  private replacements(): (string | undefined)[] {
    return [
      ...(this.goMod()?.localReplacements ?? []).map(({ folder }) => this.fromModule(folder)),
      ...(this.workspace()?.replacements ?? []).map(insideOf),
    ];
  }

  /** A folder that is written relative to the module, relative to the context. */
  private fromModule(folder: string): string | undefined {
    return folder.startsWith('/') ? undefined : insideOf(below(this.inside, folder));
  }
}
