import { readFileSync } from 'node:fs';
import { CATALOGUE, raise } from './catalogue';
import { type Code, CODES } from '../../lib/diagnostics/codes';
import { DIAGNOSTICS_PAGE, diagnosticsPage } from '../../tools/diagnostics-doc';

const ALL = Object.keys(CODES) as Code[];

/** Codes that nothing can raise yet; each goes from here as soon as something does. */
const WITHOUT_EXAMPLE: readonly Code[] = [];

test('every code has an example', () => {
  expect(ALL.filter(code => !(code in CATALOGUE))).toEqual(WITHOUT_EXAMPLE);
});

test.each(ALL.filter(code => code in CATALOGUE))('%s is raised, and nothing else', code => {
  const found = raise(code);
  expect(found.map(diagnostic => diagnostic.code)).toEqual([code]);
  expect(found[0].severity).toBe(CODES[code].severity);
});

test.each(ALL.filter(code => code in CATALOGUE))('%s says whole sentences', code => {
  const [{ message, remedy }] = raise(code);
  for (const text of [message, remedy]) {
    expect(text).toMatch(/\.$|[a-z]: .+$|!$|'\)\.$/);
    expect(text).not.toMatch(/undefined|\[object|NaN| {2}|\n/);
  }
});

test('docs/diagnostics.md is what the tool makes; npx projen diagnostics-doc writes it', () => {
  expect(readFileSync(DIAGNOSTICS_PAGE, 'utf8')).toBe(diagnosticsPage());
});
