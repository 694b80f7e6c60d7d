import { rmSync } from 'node:fs';
import { GoModule } from '../../../lib/images/go/go-module';
import { insideOf } from '../../../lib/images/source-folder';
import { inFolderWith, ORDERS } from '../module-folder';

inFolderWith({ ...ORDERS, 'gone/go.mod': 'module gone\n\ngo 1.25.0\n' });

test.each([
  ['services/orders', 'services/orders'],
  ['./services/orders/', 'services/orders'],
  ['.', '.'],
  ['./', '.'],
])("the folder of '%s' is '%s'", (path, folder) => {
  expect(new GoModule(path).folder).toBe(folder);
});

test('files and folders are those of the module', () => {
  const module = new GoModule('services/orders');
  expect(module.goMod()).toMatchObject({ module: 'github.com/acme/shop/orders', go: '1.25.0' });
  expect([module.isFile('go.sum'), module.isFile('cmd'), module.isFile('none')]).toEqual([true, false, false]);
  expect([module.isDirectory('cmd'), module.isDirectory('go.sum'), module.isDirectory('none')]).toEqual([true, false, false]);
  expect([module.holdsGoFiles('cmd/server'), module.holdsGoFiles('cmd'), module.holdsGoFiles('none')]).toEqual([true, false, false]);
});

test('a module is read once, and not before somebody asks', () => {
  const module = new GoModule('gone');
  const late = new GoModule('gone');
  const before = module.goMod();
  rmSync('gone', { recursive: true });
  expect(module.goMod()).toBe(before);
  expect(late.goMod()).toBeUndefined();
  expect(late.fault()).toHaveProperty('message', "There is no folder 'gone' below the working directory.");
});

test.each([
  ['a/b', 'a/b'], ['./a//b/', 'a/b'], ['a/../b', 'b'], ['..', undefined], ['a/../../b', undefined], ['/a', undefined], ['.', undefined], ['', undefined], ['a\\b', undefined],
])("'%s' inside its folder is %s", (path, expected) => {
  expect(insideOf(path)).toBe(expected);
});
