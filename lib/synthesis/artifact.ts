import type { IConstruct } from 'constructs';
import { type FileTexts, type InPlaceFile, writeFiles } from './files';
import { compareStrings } from '../definition/json';
import { ofApp } from '../definition/root';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, silent } from '../diagnostics/report';

const ARTIFACTS = Symbol.for('cdk8s-golden-path.Artifacts');

/** A text beside the manifests: a Dockerfile, a compose file, a script. */
export abstract class Artifact {
  /** Where it is written, relative to the folder of the artefacts, with slashes. */
  public abstract readonly path: string;

  /** The text. It is pure: the same app gives the same text, and nothing is written. */
  public abstract render(): string;
}

/** Artefacts that the library's own constructs bring; listed anew each time, because the model may have grown. */
export type ArtifactProvider = (report: Report) => readonly Artifact[];

/** All artefacts of an app. */
export class Artifacts {
  /** The artefacts of the app that a construct belongs to. */
  public static of(scope: IConstruct): Artifacts {
    return ofApp(scope, ARTIFACTS, root => {
      const artifacts = new Artifacts();
      Diagnostics._check(root, report => {
        artifacts.collect(report);
      });
      return artifacts;
    });
  }

  private readonly providers: ArtifactProvider[] = [];
  private readonly added: Artifact[] = [];
  private readonly placers: (() => readonly InPlaceFile[])[] = [];

  private constructor() {}

  /** Adds an artefact of your own. */
  public add(artifact: Artifact): void {
    this.added.push(artifact);
  }

  /** All artefacts, by path. */
  public list(): Artifact[] {
    return [...this.collect(silent).values()];
  }

  /**
   * The text of one artefact.
   *
   * @param path its path below the folder of the artefacts
   * @returns nothing where there is no such artefact
   */
  public render(path: string): string | undefined {
    return this.collect(silent).get(path)?.render();
  }

  /**
   * Writes all artefacts below a folder, for apps that do not use `PlatformApp`. A file that an earlier call wrote and that is no
   * longer an artefact is removed; others are never touched.
   */
  public write(directory: string): void {
    writeFiles([{ directory, files: this._texts() }], this._inPlace());
  }

  /**
   * Files that somebody has asked for in a folder of their own, by path relative to the working directory, each with the words by which
   * this library knows it for its own.
   *
   * @internal
   */
  public _inPlace(): InPlaceFile[] {
    return this.placers.flatMap(placer => placer());
  }

  /** @internal */
  public _place(placer: () => readonly InPlaceFile[]): void {
    this.placers.push(placer);
  }

  /** @internal */
  public _provide(provider: ArtifactProvider): void {
    this.providers.push(provider);
  }

  /** @internal */
  public _texts(): FileTexts {
    // All of them are rendered before the first is written: one that fails must leave everything as it was.
    const texts = this.list().map(artifact => [artifact.path, artifact.render()] as const);
    return new Map(texts.map(([path, text]) => [path, () => text]));
  }

  private collect(report: Report): Map<string, Artifact> {
    const byPath = new Map<string, Artifact>();
    const all = [...this.providers.flatMap(provider => provider(report)), ...this.added];
    for (const artifact of all.sort((a, b) => compareStrings(a.path, b.path))) {
      const earlier = byPath.get(artifact.path);
      if (!isInside(artifact.path)) {
        report({
          code: 'output-path',
          property: `artifact '${artifact.path}'`,
          message: `'${artifact.path}' does not lie below the folder of the artefacts.`,
          remedy: "Write a relative path with slashes and without '..'.",
        });
      } else if (earlier && earlier.render() !== artifact.render()) {
        report({
          code: 'duplicate-artifact',
          property: `artifact '${artifact.path}'`,
          message: `Two artefacts with different content have the path '${artifact.path}'.`,
          remedy: 'Give one of them another path; an image takes its path from its name.',
        });
      } else {
        byPath.set(artifact.path, artifact);
      }
    }
    return byPath;
  }
}

function isInside(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.includes('\\') && path.split('/').every(part => part !== '' && part !== '.' && part !== '..');
}
