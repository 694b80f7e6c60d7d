import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { inTemporaryFolder } from './compiled';
import { lazyIndex } from '../../tools/lazy-index';

/** A package of two rooms and a namespace, as the compiler writes it. */
const PACKAGE = {
  'index.d.ts': "export * from './shop';\nexport * from './till';\nexport * as local from './local';\n",
  'index.js': `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
for (const room of [require("./shop"), require("./till")]) for (const name of Object.keys(room)) exports[name] = room[name];
exports.local = require("./local");
`,
  'shop/index.d.ts': "export { Shop, type Shelf } from './shop';\n",
  'shop/index.js': 'exports.Shop = require("./shop").Shop;\n',
  'shop/shop.d.ts': 'export declare class Shop {}\nexport interface Shelf { readonly name: string; }\nexport declare function internal(): void;\n',
  'shop/shop.js': 'exports.Shop = class Shop {}; exports.internal = () => undefined;\n',
  'till/index.d.ts': "export * from './till';\n",
  'till/index.js': 'exports.Till = require("./till").Till; exports.Coin = require("./till").Coin;\n',
  'till/till.d.ts': "import type { Shop } from '../shop/shop';\nexport declare class Till { readonly shop: Shop; }\nexport declare enum Coin { CENT = 'cent' }\n",
  'till/till.js': 'exports.Till = class Till {}; exports.Coin = { CENT: "cent" };\n',
  'local/index.d.ts': 'export declare class Stack {}\n',
  'local/index.js': 'exports.Stack = class Stack {};\n',
};

/** What is imported for what it does. */
const WITH_CHECK = {
  'check.d.ts': 'export {};\n',
  'check.js': 'globalThis.checked = (globalThis.checked ?? 0) + 1;\n',
  'index.d.ts': `import './check';\n${PACKAGE['index.d.ts']}`,
  'index.js': PACKAGE['index.js'].replace('for (', 'require("./check");\nfor ('),
};

function withPackage<T>(changes: { readonly [file: string]: string }, action: (folder: string) => T): T {
  return inTemporaryFolder(folder => {
    for (const [file, text] of Object.entries({ ...PACKAGE, ...changes })) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return action(folder);
  });
}

/** What a plain Node process sees. */
function evaluate(folder: string, expression: string): unknown {
  const script = `
    const all = require(${JSON.stringify(folder)});
    const loaded = () => Object.keys(require.cache).map(file => require('path').relative(${JSON.stringify(folder)}, file).split(require('path').sep).join('/')).sort();
    process.stdout.write(JSON.stringify(${expression}));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

test('every name becomes a getter that loads its file', () => {
  withPackage({}, folder => {
    expect(lazyIndex(folder)).toEqual(['Coin', 'Shop', 'Till', 'local']);
    expect(evaluate(folder, 'loaded()')).toEqual(['index.js']);
    expect(evaluate(folder, '[all.Shop.name, loaded()]')).toEqual(['Shop', ['index.js', 'shop/shop.js']]);
    expect(evaluate(folder, '[all.Coin.CENT, loaded()]')).toEqual(['cent', ['index.js', 'till/till.js']]);
    expect(evaluate(folder, '[Object.keys(all.local), loaded()]')).toEqual([['Stack'], ['index.js', 'local/index.js']]);
    expect(evaluate(folder, 'Object.keys(all)')).toEqual(['Coin', 'Shop', 'Till', 'local']);
    expect(evaluate(folder, 'all.Shop === all.Shop')).toBe(true);
    expect(readFileSync(join(folder, 'index.d.ts'), 'utf8')).toBe(PACKAGE['index.d.ts']);
  });
});

test('running it again changes nothing', () => {
  withPackage({}, folder => {
    const files = () => ['index.js', 'index.mjs'].map(file => readFileSync(join(folder, file), 'utf8'));
    lazyIndex(folder);
    const once = files();
    expect(lazyIndex(folder)).toEqual(['Coin', 'Shop', 'Till', 'local']);
    expect(files()).toEqual(once);
  });
});

test('what is imported for what it does comes first, and again', () => {
  withPackage(WITH_CHECK, folder => {
    lazyIndex(folder);
    expect(evaluate(folder, '[globalThis.checked, loaded(), Object.keys(all)]')).toEqual([1, ['check.js', 'index.js'], ['Coin', 'Shop', 'Till', 'local']]);
    const once = readFileSync(join(folder, 'index.js'), 'utf8');
    lazyIndex(folder);
    expect(readFileSync(join(folder, 'index.js'), 'utf8')).toBe(once);
  });
});

test('a bundler takes the files of the names that are imported, and what is imported for what it does', () => {
  const files = {
    ...WITH_CHECK,
    'local/index.d.ts': "export { Stack } from './stack';\n",
    'local/index.js': 'exports.Stack = require("./stack").Stack;\n',
    'local/stack.d.ts': 'export declare class Stack {}\n',
    'local/stack.js': 'exports.Stack = class Stack {};\n',
    'package.json': JSON.stringify({ sideEffects: ['./check.js'] }),
    'app.mjs': "import { Coin } from './index.mjs';\nconsole.log(Coin.CENT);\n",
    'all.mjs': "import { local } from './index.mjs';\nconsole.log(local.Stack.name);\n",
  };
  withPackage(files, folder => {
    lazyIndex(join(folder, 'local'));
    lazyIndex(folder);
    const bundled = (app: string) => {
      const { metafile } = buildSync({ entryPoints: [join(folder, app)], bundle: true, platform: 'node', write: false, metafile: true, absWorkingDir: folder });
      const [{ inputs }] = Object.values(metafile.outputs);
      return Object.keys(inputs).filter(file => inputs[file].bytesInOutput > 0 && file.endsWith('.js')).sort();
    };
    expect(bundled('app.mjs')).toEqual(['check.js', 'till/till.js']);
    expect(bundled('all.mjs')).toEqual(['check.js', 'local/stack.js']);
  });
});

test('a name that came with a compilation which left the index alone is taken up', () => {
  withPackage({}, folder => {
    lazyIndex(folder);
    writeFileSync(join(folder, 'till/till.d.ts'), `${PACKAGE['till/till.d.ts']}export declare class Drawer {}\n`);
    writeFileSync(join(folder, 'till/till.js'), `${PACKAGE['till/till.js']}exports.Drawer = class Drawer {};\n`);
    expect(lazyIndex(folder)).toContain('Drawer');
    expect(evaluate(folder, 'all.Drawer.name')).toBe('Drawer');
  });
});

test.each<[string, { readonly [file: string]: string }, RegExp]>([
  ['an index that defines something itself', { 'index.d.ts': `${PACKAGE['index.d.ts']}export declare const VERSION: string;\n` }, /'export declare const VERSION: string;' is no re-export/],
  ['a name that index.js alone has', { 'index.js': `${PACKAGE['index.js']}exports.Ghost = 1;\n` }, /disagree: only index.js has \[Ghost\]/],
  ['a name that index.d.ts alone has', { 'till/till.d.ts': `${PACKAGE['till/till.d.ts']}export declare class Ghost {}\n` }, /disagree: .* only index.d.ts has \[Ghost\]/],
  ['a name that is another where it is defined', { 'till/index.d.ts': "export { Coin, Till as Desk } from './till';\n" }, /'Desk' is called 'Till' where it is defined/],
  ['a name that leads nowhere', { 'till/index.d.ts': "export { Coin, Lost } from './till';\n" }, /'Lost' leads nowhere/],
])('refuses %s and leaves the file alone', (_, changes, message) => {
  withPackage(changes, folder => {
    const before = readFileSync(join(folder, 'index.js'), 'utf8');
    expect(() => lazyIndex(folder)).toThrow(message);
    expect(readFileSync(join(folder, 'index.js'), 'utf8')).toBe(before);
  });
});

test('refuses a file that defines something else than the index offers', () => {
  withPackage({ 'till/index.js': 'exports.Till = class Other {}; exports.Coin = require("./till").Coin;\n', 'till/till.js': 'exports.Coin = { CENT: "cent" };\n' }, folder => {
    expect(() => lazyIndex(folder)).toThrow(/Till is not what .\/till\/till defines/);
    expect(readFileSync(join(folder, 'index.js'), 'utf8')).toBe(PACKAGE['index.js']);
  });
});

test('says so when nothing is compiled', () => {
  inTemporaryFolder(folder => expect(() => lazyIndex(folder)).toThrow(/index\.js does not exist: compile first/));
});
