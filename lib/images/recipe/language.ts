import type { Report } from '../../diagnostics/report';
import type { NamedImage, WrittenImage } from '../base-image';
import { type GlobalArgument, type Stage } from '../dockerfile/dockerfile';
import { type IgnoreGroup } from '../dockerfile/ignore-file';
import { type Instruction } from '../dockerfile/instructions';
import { type Text } from '../dockerfile/text';
import type { ImageBase } from '../image-base';
import type { BuildTarget, KoBuild, RecipeContext } from '../image-recipe';
import type { SourceFault } from '../source-folder';

/** What the image that runs begins with. */
export interface Runtime {
  /** Nothing means nothing at all. */
  readonly image?: NamedImage;
  readonly hasShell: boolean;
  /** The same with a shell, where this has none. */
  readonly debug?: NamedImage;
  /** Whether certificates and time zones are copied from the stage that builds. */
  readonly copiesSystem: boolean;
}

/** What a language needs to write its stages. */
export interface LanguageContext extends RecipeContext {
  /** Writes the name of an image, and remembers it. */
  write(image: NamedImage): WrittenImage;
}

/** A target whose program waits for a debugger. */
export interface Debugger {
  readonly name: string;
  readonly description: string;
  /** The stage that builds it. */
  readonly stage: Stage;
  readonly port: number;
  readonly program: readonly Instruction[];
  readonly entrypoint: readonly string[];
}

/** The part of a Dockerfile that a language answers for. */
export interface LanguagePlan {
  readonly arguments: readonly GlobalArgument[];
  /** The stages that build; the last one has what the program is copied from. */
  readonly stages: readonly Stage[];
  /** Stages for `--target`, and parts of them, which are nothing by themselves. */
  readonly targets: readonly { readonly stage: Stage; readonly kind: BuildTarget['kind'] | 'part' }[];
  /** How the program gets into the image that runs. */
  readonly program: readonly Instruction[];
  /** The same program under a debugger, as a target of its own. */
  readonly debugger?: Debugger;
  readonly env: { readonly [name: string]: Text };
  readonly entrypoint: readonly string[];
  readonly ignore: readonly IgnoreGroup[];
  readonly usesSsh: boolean;
  /** Secrets that are mounted, and where they come from. */
  readonly secrets: readonly { readonly id: string; readonly source: string }[];
  readonly ko?: KoBuild;
}

/** What differs from language to language. Everything around it is the recipe's. */
export interface Language {
  /** As it is called, for example 'Go'. */
  readonly name: string;
  /** The folder that the build reads, relative to the working directory. */
  readonly context: string;
  /** The folder of the program below the context; `.` where they are the same. */
  readonly inside: string;
  /** The folder as the user wrote it. */
  readonly path: string;
  /** Build arguments that its Dockerfile uses itself. */
  readonly ownArguments: readonly string[];
  /** Why its folder cannot be built. */
  fault(): SourceFault | undefined;
  /** Whether there is a file or a folder; paths are relative to the folder of the program. */
  isFile(path: string): boolean;
  isDirectory(path: string): boolean;
  programName(): string;
  /** The path of the program in the image, which nothing else may take. */
  programPath(): string;
  /** The paths below the program's folder that a container may run. */
  programs(): readonly string[];
  runtime(base: ImageBase): Runtime | SourceFault;
  check(report: Report): void;
  /** Nothing where something is missing, which `check` reports. */
  plan(context: LanguageContext): LanguagePlan | undefined;
}
