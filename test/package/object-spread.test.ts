import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { expectCompiled, ROOT, sources } from './compiled';
import { separateLeadingSpreads } from '../../tools/object-spread';

test('a spread that stands first among others is separated', () => {
  const before = `"use strict";
const a = { ...b, c: 1 };
f({ ...g(), ...{ ...h, i }, j: [{ ...k, l }] });
const alone = { ...b };
const last = { c: 1, ...b };
const text = "{ ...b, c }";
const { ...rest } = b;
`;
  const after = separateLeadingSpreads(before);
  expect(after).toBe(`"use strict"; const NO_FIELDS = {};
const a = { ...NO_FIELDS, ...b, c: 1 };
f({ ...NO_FIELDS, ...g(), ...{ ...NO_FIELDS, ...h, i }, j: [{ ...NO_FIELDS, ...k, l }] });
const alone = { ...b };
const last = { c: 1, ...b };
const text = "{ ...b, c }";
const { ...rest } = b;
`);
  expect(separateLeadingSpreads(after)).toBe(after);
});

test('no bundler takes it for nothing', () => {
  const program = separateLeadingSpreads('"use strict";\nexports.laid = (under, over) => ({ ...under, ...over });\n');
  const bundled = transformSync(program, { minify: true, target: 'node20' }).code;
  expect(bundled).toMatch(/\{\.\.\.\w+,\.\.\.\w+,\.\.\.\w+\}/);
});

test('none is left in what is published', () => {
  expectCompiled();
  const left = sources().map(source => join(ROOT, 'lib', source.replace(/\.ts$/, '.js'))).filter(file => {
    const text = readFileSync(file, 'utf8');
    return separateLeadingSpreads(text) !== text;
  });
  expect(left).toEqual([]);
});
