import { MODULES, VARIANTS } from './variants';
import { GoImage } from '../../../lib';
import { ignoreFileOf } from '../fake-service';
import { inFolderWith } from '../module-folder';

inFolderWith(MODULES);

const NAMES = ['distroless', 'no go.sum', 'vendored', 'private modules by SSH', 'everything'];

test.each(VARIANTS.filter(({ name }) => NAMES.includes(name)))('$name', ({ path, options }) => {
  expect(ignoreFileOf(GoImage.fromModule(path, options))).toMatchSnapshot();
});

test.each(VARIANTS)('it leaves everything out before it admits something: $name', ({ path, options }) => {
  const rules = ignoreFileOf(GoImage.fromModule(path, options)).split('\n').filter(line => line !== '' && !line.startsWith('#'));
  expect(rules[0]).toBe('*');
  expect(rules.filter(rule => rule === '*' || rule === '!*' || rule === '!**')).toEqual(['*']);
});

test('a private file comes along only where it is named itself', () => {
  const rules = ignoreFileOf(GoImage.fromModule('services/orders', { main: './cmd/server' })).split('\n');
  expect(rules.indexOf('!cmd/server/templates')).toBeLessThan(rules.indexOf('**/*.key'));
  expect(rules.indexOf('!cmd/server/ca.pem')).toBeGreaterThan(rules.indexOf('**/*.key'));
});
