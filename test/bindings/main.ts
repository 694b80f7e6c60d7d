import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateOwn } from './generator';
import { installGo } from './go';
import { installJava } from './java';
import { differences, type Files, type Installed, type Program, PROGRAMS, summary, synthesise } from './programs';
import { installPython } from './python';
import { installTypeScript } from './typescript';
import { Suite } from '../support/real-runs/suite';

const LANGUAGES: { readonly [language: string]: (own: string, folder: string) => Promise<Installed> } = {
  python: installPython, go: installGo, java: installJava,
};

Suite.run('bindings', async suite => {
  const own = join(suite.folder, 'generated');
  const reference = await synthesiseReference(suite);
  if (!await suite.check('jsii-pacmak: generates the code of the package', async () => void await generateOwn(own))) {
    return;
  }
  for (const [language, install] of Object.entries(LANGUAGES)) {
    const folder = join(suite.folder, language);
    mkdirSync(folder);
    let installed: Installed;
    if (!await suite.check(`${language}: builds and installs beside its dependencies`, async () => (installed = await install(own, folder)).remark)) {
      continue;
    }
    for (const program of PROGRAMS) {
      await suite.check(`${language}: ${program} writes what TypeScript writes, to the byte`, async () =>
        compare(reference.get(program), await synthesise(installed.command(program), workingDirectory(suite, language, program))));
    }
  }
});

async function synthesiseReference(suite: Suite): Promise<ReadonlyMap<Program, Files>> {
  const written = new Map<Program, Files>();
  await suite.check('typescript: installs from the tarball and writes manifests and artefacts', async () => {
    const { command, remark } = await installTypeScript(suite);
    for (const program of PROGRAMS) {
      written.set(program, await synthesise(command(program), workingDirectory(suite, 'typescript', program)));
    }
    return remark;
  });
  return written;
}

function compare(expected: Files | undefined, found: Files): string {
  if (!expected || expected.size === 0) {
    throw new Error('there is nothing of TypeScript to compare with');
  }
  const lines = differences(expected, found);
  if (lines.length > 0) {
    throw new Error(lines.join('\n'));
  }
  return summary(found);
}

function workingDirectory(suite: Suite, language: string, program: Program): string {
  return join(suite.folder, 'runs', `${language}-${program}`);
}
