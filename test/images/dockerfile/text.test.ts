import { partsOf, text, variable } from '../../../lib/images/dockerfile/text';

test('a text is made of literals and variables', () => {
  expect(text`golang:${variable('GO_VERSION')}-${'trixie'}`).toEqual(['golang:', { variable: 'GO_VERSION' }, '-', 'trixie']);
  expect(text`docker.io/library/${text`alpine:${variable('V')}`}`).toEqual(['docker.io/library/', 'alpine:', { variable: 'V' }]);
  expect(text`${variable('V')}`).toEqual([{ variable: 'V' }]);
});

test('its parts', () => {
  expect(partsOf('a')).toEqual(['a']);
  expect(partsOf(variable('V'))).toEqual([{ variable: 'V' }]);
  expect(partsOf(['a', variable('V')])).toEqual(['a', { variable: 'V' }]);
});
