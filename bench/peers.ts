import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { CACHE, expression, manifestsOfOneService, NAME } from './applications';
import { names } from './applications/arguments';

/** Writes files below a folder that is new. */
function write(folder: string, files: { readonly [file: string]: string }): string {
  rmSync(folder, { recursive: true, force: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** One chart that ranges over the services. */
export function helmChart(count: number): string {
  const template = manifestsOfOneService().map(manifest => `---\n${stringify(manifest, { lineWidth: 0 })}`).join('').replaceAll(NAME, '{{ .name }}');
  return write(join(CACHE, `helm-${count}`), {
    'Chart.yaml': 'apiVersion: v2\nname: services\nversion: 1.0.0\n',
    'values.yaml': stringify({ services: names(count).map(name => ({ name })) }),
    'templates/services.yaml': `{{- range .Values.services }}\n${template}{{- end }}\n`,
  });
}

/** A folder for each service, and one that lists them. */
export function kustomization(count: number): string {
  const text = manifestsOfOneService().map(manifest => stringify(manifest, { lineWidth: 0 })).join('---\n');
  return write(join(CACHE, `kustomize-${count}`), {
    'kustomization.yaml': stringify({ resources: names(count) }),
    ...Object.fromEntries(names(count).flatMap(name => [
      [`${name}/kustomization.yaml`, stringify({ resources: ['manifests.yaml'] })],
      [`${name}/manifests.yaml`, text.replaceAll(NAME, name)],
    ])),
  });
}

/** A function of the name, and all that it gives. */
export function jsonnet(count: number): string {
  const objects = expression(manifestsOfOneService(), text => `("${text.replaceAll(NAME, '" + name + "')}")`);
  return join(write(join(CACHE, `jsonnet-${count}`), {
    'main.jsonnet': `local service(name) = ${objects};\nstd.flattenArrays([service("service-%d" % index) for index in std.range(0, ${count - 1})])\n`,
  }), 'main.jsonnet');
}
