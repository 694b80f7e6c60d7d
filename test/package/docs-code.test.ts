import { join } from 'node:path';
import * as ts from 'typescript';
import { ROOT, sources } from './compiled';
import { exampleSnippets, pages, pageSnippets, snippet, typeErrors } from './snippets';

jest.setTimeout(120_000);

test('the code in README.md and docs compiles', () => {
  const snippets = pages().flatMap(pageSnippets);
  const errors = typeErrors(snippets);
  expect([...errors.values()].flat()).toEqual([]);
  expect(snippets.filter(({ name }) => name.startsWith('README.md')).length).toBeGreaterThan(0);
});

test('the examples in doc comments compile', () => {
  const snippets = exampleSnippets();
  expect([...typeErrors(snippets).values()].flat()).toEqual([]);
  expect(snippets.length).toBeGreaterThan(0);
});

test('every example in a doc comment is found', () => {
  const text = sources().map(source => ts.sys.readFile(join(ROOT, 'lib', source))!).join('\n');
  expect(exampleSnippets()).toHaveLength(text.match(/^\s*\* @example/gm)!.length);
});

test('an error names its place', () => {
  const errors = typeErrors([snippet('a', "const port: number = 'http';"), snippet('b', 'const port = 80;'), snippet('c', 'const = 1;')]);
  expect(errors.get('a')).toEqual(["a: Type 'string' is not assignable to type 'number'."]);
  expect(errors.get('b')).toEqual([]);
  expect(errors.get('c')![0]).toMatch(/^c: /);
});
