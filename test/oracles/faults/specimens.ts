import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE } from './base';
import { DOCKERFILE_FAULTS } from './dockerfile-faults';
import { MANIFEST_FAULTS, MANIFEST_TEXT_FAULTS } from './manifest-faults';
import { Manifests } from './manifests';
import { ARTIFACTS, FileKind, MANIFESTS, type Output, writeOutput } from '../output';
import { synthesiseApp } from '../synthesise';

/** Good output with one fault in it. */
export interface Specimen {
  readonly fault: string;
  readonly output: Output;
  /** The same without the fault, as the same writer writes it. */
  readonly good: Output;
  /** Whether the fault changed anything. */
  readonly isFaulty: boolean;
}

/** A specimen for each fault that can be put into what is written; the definition's own are not among them. */
export function makeSpecimens(directory: string): Specimen[] {
  const [output] = synthesiseApp(BASE, join(directory, 'base'));
  const manifests = readFileSync(output.ofKind(FileKind.MANIFEST)[0].path, 'utf8');
  const [dockerfile] = output.ofKind(FileKind.DOCKERFILE);
  return [
    ...specimensOf(directory, 'good manifests', new Manifests(manifests).toString(), text => ({ [`${MANIFESTS}/faults.k8s.yaml`]: text }), [
      ...MANIFEST_FAULTS.map(({ name, change }) => ({
        name,
        change: () => {
          const changed = new Manifests(manifests);
          change(changed);
          return changed.toString();
        },
      })),
      ...MANIFEST_TEXT_FAULTS,
    ]),
    ...specimensOf(directory, 'good Dockerfile', readFileSync(dockerfile.path, 'utf8'), text => ({
      [`${ARTIFACTS}/Dockerfile`]: text,
      [`${ARTIFACTS}/Dockerfile.dockerignore`]: readFileSync(`${dockerfile.path}.dockerignore`, 'utf8'),
    }), DOCKERFILE_FAULTS),
  ];
}

function specimensOf(
  directory: string, goodName: string, goodText: string,
  filesOf: (text: string) => { readonly [name: string]: string }, faults: readonly { readonly name: string; change(text: string): string }[],
): Specimen[] {
  const write = (name: string, text: string): Output =>
    writeOutput(name, join(directory, name.replace(/[^a-z0-9]+/gi, '-')), BASE.kubernetesVersion, filesOf(text));
  const good = write(goodName, goodText);
  return faults.map(({ name, change }) => {
    const text = change(goodText);
    return { fault: name, output: write(name, text), good, isFaulty: text !== goodText };
  });
}
