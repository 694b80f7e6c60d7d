import { parseGoMod } from '../../../lib/images/go/go-mod-file';

test('what an image depends on', () => {
  expect(parseGoMod(`// The orders service.
module github.com/acme/shop/orders // import "github.com/acme/shop/orders"

go 1.25.0

toolchain go1.25.3

require github.com/gin-gonic/gin v1.12.0

require (
	github.com/acme/shop/pkg v0.0.0-00010101000000-000000000000
	golang.org/x/sys v0.40.0 // indirect
	// github.com/old/one v1.0.0
)

tool golang.org/x/tools/cmd/stringer

exclude golang.org/x/sys v0.39.0

replace (
	github.com/acme/shop/pkg => ../../pkg
	"github.com/acme/shop/api" v1.0.0 => ./api
	golang.org/x/net v1.2.3 => example.com/fork/net v1.4.5
)

replace github.com/acme/absolute => /src/absolute

retract [v1.0.0, v1.9.9]
`)).toEqual({
    module: 'github.com/acme/shop/orders',
    go: '1.25.0',
    toolchain: '1.25.3',
    requires: ['github.com/gin-gonic/gin', 'github.com/acme/shop/pkg', 'golang.org/x/sys'],
    localReplacements: [
      { module: 'github.com/acme/shop/pkg', folder: '../../pkg' },
      { module: 'github.com/acme/shop/api', folder: './api' },
      { module: 'github.com/acme/absolute', folder: '/src/absolute' },
    ],
  });
});

test.each([
  ['nothing', '', { requires: [], localReplacements: [] }],
  ['Windows line ends', 'module a\r\n\r\ngo 1.25\r\n', { module: 'a', go: '1.25', requires: [], localReplacements: [] }],
  ['no suggestion', 'module a\ntoolchain default\n', { module: 'a', requires: [], localReplacements: [] }],
  ['a toolchain of a vendor', 'module a\ntoolchain go1.25.3-acme\n', { module: 'a', toolchain: '1.25.3', requires: [], localReplacements: [] }],
  ['an empty block', 'module a\nrequire (\n)\ngo 1.25\n', { module: 'a', go: '1.25', requires: [], localReplacements: [] }],
  ['a version that is none', 'module a\ngo one\n', { module: 'a', go: 'one', requires: [], localReplacements: [] }],
])('%s', (_, content, expected) => {
  expect(parseGoMod(content)).toEqual(expected);
});
