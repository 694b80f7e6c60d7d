import { type Stage } from './dockerfile';
import { type Mount } from './mounts';
import { type Command } from './shell';
import { type Text } from './text';

/** Every instruction may say why it is there. */
interface Commented {
  readonly comment?: string;
}

/** Takes up global or predefined arguments. */
export interface ArgInstruction {
  readonly instruction: 'ARG';
  readonly names: readonly string[];
}

export interface EnvInstruction extends Commented {
  readonly instruction: 'ENV';
  readonly values: { readonly [name: string]: Text };
}

export interface WorkdirInstruction extends Commented {
  readonly instruction: 'WORKDIR';
  readonly path: string;
}

/** Commands that must all succeed, with what is mounted while they run. */
export interface RunInstruction extends Commented {
  readonly instruction: 'RUN';
  readonly mounts?: readonly Mount[];
  readonly commands: readonly Command[];
}

/** Lines of a shell that ends at the first one that fails, as a here-document. */
export interface ScriptInstruction extends Commented {
  readonly instruction: 'RUN <<';
  readonly mounts?: readonly Mount[];
  readonly lines: readonly string[];
}

/** Copies as a layer of its own (`--link`): it stays cached when the layers below change. */
export interface CopyInstruction extends Commented {
  readonly instruction: 'COPY';
  /** The stage or the image that it comes from; nothing means the build context. */
  readonly from?: Stage | { readonly image: string };
  /** The user and group that own it, where it is not root. */
  readonly owner?: { readonly user: number; readonly group: number };
  readonly sources: readonly string[];
  readonly destination: string;
}

export interface LabelInstruction extends Commented {
  readonly instruction: 'LABEL';
  readonly labels: { readonly [name: string]: Text };
}

export interface ExposeInstruction extends Commented {
  readonly instruction: 'EXPOSE';
  readonly ports: readonly ExposedPort[];
}

export interface ExposedPort {
  readonly number: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
}

/** Numeric, so that Kubernetes can tell that it is not root. */
export interface UserInstruction extends Commented {
  readonly instruction: 'USER';
  readonly user: number;
  readonly group: number;
}

export interface StopSignalInstruction extends Commented {
  readonly instruction: 'STOPSIGNAL';
  readonly signal: string;
}

/** Turns off a health check that the base may bring. */
export interface NoHealthcheckInstruction extends Commented {
  readonly instruction: 'HEALTHCHECK NONE';
}

/** The program and its arguments, without a shell between it and its signals. */
export interface EntrypointInstruction extends Commented {
  readonly instruction: 'ENTRYPOINT';
  readonly command: readonly string[];
}

/** Written by the user of the library, at one of the points where that is possible. */
export interface RawInstruction {
  readonly instruction: 'RAW';
  readonly text: string;
  /** The property where it was written. */
  readonly property: string;
}

export type Instruction =
  | ArgInstruction
  | EnvInstruction
  | WorkdirInstruction
  | RunInstruction
  | ScriptInstruction
  | CopyInstruction
  | LabelInstruction
  | ExposeInstruction
  | UserInstruction
  | StopSignalInstruction
  | NoHealthcheckInstruction
  | EntrypointInstruction
  | RawInstruction;
