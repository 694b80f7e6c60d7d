import { sortedEntries } from './json';
import { type Report, within } from '../diagnostics/report';

/** Permission bits that lost their prefix: 440 is 0o670. */
const MEANT_IN_OCTAL = [400, 440, 444];

/** Reports a path that does not stay below the directory of its volume. */
export function checkFilePath(path: string, property: string, report: Report): void {
  // Kubernetes refuses names that begin with two dots even where they lead nowhere else.
  if (path === '' || path.startsWith('/') || path.startsWith('..') || path.split('/').includes('..')) {
    report({
      code: 'invalid-mount',
      property,
      message: `'${path}' is not a path below the directory of the volume.`,
      remedy: "Write it relative, without '..', for example 'tls/ca.crt'.",
    });
  }
}

/** Reports permission bits that cannot be, or cannot be meant. */
export function checkFileMode(mode: number | undefined, report: Report): void {
  if (mode !== undefined && !(Number.isInteger(mode) && mode >= 0 && mode <= 0o777)) {
    report({
      code: 'invalid-value',
      property: 'mode',
      message: `${mode} is not a set of permission bits.`,
      remedy: 'Write them in octal from 0o000 to 0o777, for example 0o440.',
    });
  } else if (mode !== undefined && MEANT_IN_OCTAL.includes(mode)) {
    report({
      code: 'invalid-value',
      property: 'mode',
      message: `${mode} is 0o${mode.toString(8)} in octal, which is hardly meant.`,
      remedy: `Write 0o${mode}.`,
    });
  }
}

/** Reports files, by path, whose keys are not those of a ConfigMap or Secret. */
export function checkFileItems(items: { readonly [path: string]: string } | undefined, isKey: (key: string) => boolean, report: Report): void {
  for (const [path, key] of sortedEntries(items)) {
    const here = within(report, `items['${path}']`);
    if (!isKey(key)) {
      here({
        code: 'unknown-key',
        message: `'${key}' cannot be a key of a ConfigMap or Secret.`,
        remedy: 'Write the key as it stands there: letters, digits, dashes, dots and underscores.',
      });
    }
    checkFilePath(path, `items['${path}']`, report);
  }
}
