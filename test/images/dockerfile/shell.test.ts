import { execFileSync } from 'node:child_process';
import { renderWords } from '../../../lib/images/dockerfile/shell';
import { text, variable } from '../../../lib/images/dockerfile/text';

const render = (...words: Parameters<typeof renderWords>[0]['words']): string => renderWords({ words }).join(' ');

test.each([
  ['plain', 'plain'],
  ['./cmd/server', './cmd/server'],
  ['-ldflags=-s -w', '-ldflags="-s -w"'],
  ['', '""'],
  ['*', '"*"'],
  ['a"b', '"a\\"b"'],
  ['$HOME `id` \\', '"\\$HOME \\`id\\` \\\\"'],
])('%s', (word, expected) => {
  expect(render(word)).toBe(expected);
});

test('variables are quoted, what is put before them is not', () => {
  expect(render(text`-X=${variable('VERSION')}`, text`${variable('A')}/b`)).toBe('-X="${VERSION}" "${A}/b"');
});

test('a command has its variables in front and its output behind', () => {
  expect(renderWords({
    env: { GOOS: text`${variable('TARGETOS')}`, GOARM: [{ variable: 'TARGETVARIANT', withoutPrefix: 'v' }] },
    words: ['go', 'build'],
    output: '/out/log of it',
  }).join(' ')).toBe('GOOS="${TARGETOS}" GOARM="${TARGETVARIANT#v}" go build > "/out/log of it"');
});

test('a shell reads each word as it was meant', () => {
  const words = ['a b', "it's", '"', '$x', '`id`', '\\', '\\\\n', '*', '~', '', '-f=a $b', ';', '&&'];
  expect(execFileSync('sh', ['-c', `printf '%s\\0' ${render(...words)}`], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(words);
});
