import { findEmbeds } from '../../../lib/images/go/go-embeds';
import { inFolderWith } from '../module-folder';

const embed = (...patterns: string[]): string => `package x\n\nimport "embed"\n\n${patterns.map(pattern => `//go:embed ${pattern}\n`).join('')}var files embed.FS\n`;

inFolderWith({
  'm/go.mod': 'module m\n',
  'm/a.go': embed('static', 'schema.sql all:hidden'),
  'm/static/a.css': '',
  'm/schema.sql': '',
  'm/internal/web/web.go': embed('"with space.txt" `raw.txt`', 'pages/*.html'),
  'm/internal/web/with space.txt': '',
  'm/internal/web/raw.txt': '',
  'm/internal/web/web_test.go': embed('only-for-tests'),
  'm/internal/web/comment.go': 'package web\n\n// A //go:embed nothing\n//go:embedded either\n',
  'm/testdata/a.go': embed('not-built'),
  'm/_old/a.go': embed('not-built'),
  'm/.hidden/a.go': embed('not-built'),
  'm/vendor/a/a.go': embed('comes-with-vendor'),
  'm/node_modules/a/a.go': embed('not-built'),
  'm/tools/go.mod': 'module tools\n',
  'm/tools/a.go': embed('of-another-module'),
});

test('what the packages of a module embed', () => {
  expect(findEmbeds('m')).toEqual([
    { pattern: 'hidden', isFile: false },
    { pattern: 'internal/web/pages/*.html', isFile: false },
    { pattern: 'internal/web/raw.txt', isFile: true },
    { pattern: 'internal/web/with space.txt', isFile: true },
    { pattern: 'schema.sql', isFile: true },
    { pattern: 'static', isFile: false },
  ]);
});

test('a folder that is not there embeds nothing', () => {
  expect(findEmbeds('elsewhere')).toEqual([]);
});
