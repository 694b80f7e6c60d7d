import { isConfigKey } from '../definition/naming';
import { type Report } from '../diagnostics/report';

/** Reports a key that the API server would refuse. */
export function checkKeyName(key: string, property: string, report: Report): void {
  if (!isConfigKey(key)) {
    report({
      code: 'invalid-name',
      property,
      message: `'${key}' is not a key that Kubernetes accepts.`,
      remedy: 'Use at most 253 letters, digits, dashes, underscores and dots.',
    });
  }
}

/** Reports what is wrong with a list of keys. */
export function checkKeyNames(keys: readonly string[], property: string, report: Report): void {
  keys.forEach((key, index) => checkKeyName(key, `${property}[${index}]`, report));
}
