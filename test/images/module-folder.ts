import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files of the modules that the tests build images of, by path. */
export const ORDERS: { readonly [file: string]: string } = {
  'services/orders/go.mod': 'module github.com/acme/shop/orders\n\ngo 1.25.0\n\nrequire github.com/gin-gonic/gin v1.12.0\n',
  'services/orders/go.sum': 'github.com/gin-gonic/gin v1.12.0 h1:abc=\n',
  'services/orders/cmd/server/main.go': 'package main\n\nfunc main() {}\n',
};

/** A module without requirements, and so without a go.sum. */
export const WEB: { readonly [file: string]: string } = {
  'services/web/go.mod': 'module github.com/acme/shop/web\n\ngo 1.24.6\n',
  'services/web/main.go': 'package main\n\nfunc main() {}\n',
};

/** Makes the files the working directory of the tests of a describe block or file. */
export function inFolderWith(files: { readonly [file: string]: string }): void {
  const before = process.cwd();
  let folder: string;

  beforeAll(() => {
    // The real path, because macOS reaches its temporary folder by a link.
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'golden-path-images-')));
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content);
    }
    process.chdir(folder);
  });

  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });
}
