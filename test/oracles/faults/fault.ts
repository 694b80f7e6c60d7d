import type { Manifests } from './manifests';
import type { PlatformApp } from '../../../lib';
import type { Code } from '../../../lib/diagnostics/codes';

/** One thing that is wrong in good manifests. */
export interface ManifestFault {
  readonly name: string;
  change(manifests: Manifests): void;
}

/** One thing that is wrong in the text of a good file. */
export interface TextFault {
  readonly name: string;
  change(text: string): string;
}

/** One thing that is wrong in a good definition. */
export interface DefinitionFault {
  readonly name: string;
  /** What our own diagnostics must say of it. */
  readonly code: Code;
  define(app: PlatformApp): void;
}
