import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { NEWEST, OLDEST } from './openapi';
import { customResourceSchemas, kubernetesSchemas, type SchemaFile } from './schema-file';

const OUT = join(__dirname, '../../test/schemas');
/** Where the header of gzip names the operating system; 255 says that it does not matter. */
const GZIP_SYSTEM_BYTE = 9;

function write(name: string, file: SchemaFile): void {
  const json = JSON.stringify(file);
  const zipped = gzipSync(json, { level: 9 });
  zipped[GZIP_SYSTEM_BYTE] = 255;
  writeFileSync(join(OUT, name), zipped);
  console.log(`${name}: ${Object.keys(file.kinds).length} kinds, ${json.length} bytes, ${zipped.length} zipped`);
}

mkdirSync(OUT, { recursive: true });
for (const minor of [OLDEST, NEWEST]) {
  write(`kubernetes-1.${minor}.json.gz`, kubernetesSchemas(minor));
}
write('crds.json.gz', customResourceSchemas());
