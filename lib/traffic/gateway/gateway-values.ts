import { type Json, sortedEntries } from '../../definition/json';
import { type Report } from '../../diagnostics/report';

/** https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;
/** Whether a text can name a header or a query parameter. */
export function isHttpToken(text: string): boolean {
  return TOKEN.test(text);
}

export function isRegularExpression(text: string): boolean {
  try {
    return text !== '' && new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** Values that a request must have, by name: exactly, or by a regular expression. */
export function renderValueMatches(
  exact: { readonly [name: string]: string } | undefined, patterns: { readonly [name: string]: string } | undefined,
  properties: readonly [exact: string, patterns: string], report: Report,
): Json[] {
  const [exactProperty, patternProperty] = properties;
  const given = Object.keys(exact ?? {}).map(name => name.toLowerCase());
  for (const [property, map] of [[exactProperty, exact], [patternProperty, patterns]] as const) {
    for (const [name, value] of sortedEntries(map)) {
      const at = `${property}['${name}']`;
      if (!isHttpToken(name)) {
        report({ code: 'invalid-value', property: at, message: `'${name}' is not the name of a header or parameter.`, remedy: 'Use letters, digits and dashes.' });
      } else if (value === '') {
        report({ code: 'invalid-value', property: at, message: 'An empty value matches nothing.', remedy: 'Write the value, or a regular expression that takes what is meant.' });
      } else if (property === patternProperty && !isRegularExpression(value)) {
        report({ code: 'invalid-value', property: at, message: `'${value}' is not a regular expression.`, remedy: "Close every group and class; write '\\.' for a dot." });
      } else if (property === patternProperty && given.includes(name.toLowerCase())) {
        report({ code: 'conflicting-options', property: at, message: `'${name}' is compared twice.`, remedy: `Keep it in one of '${exactProperty}' and '${patternProperty}'.` });
      }
    }
  }
  return [
    ...sortedEntries(exact).map(([name, value]) => ({ name, value })),
    ...sortedEntries(patterns).map(([name, value]) => ({ type: 'RegularExpression', name, value })),
  ];
}
