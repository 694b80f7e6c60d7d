import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Dockerfile that an application wrote. */
export interface WrittenDockerfile {
  /** The name of the image. */
  readonly name: string;
  /** The folder that holds it. */
  readonly folder: string;
  readonly text: string;
  /** The folder that it is built in, as the command in it says. */
  readonly context: string;
}

/** The Dockerfiles below a folder of artefacts. Paths in them are relative to the folder where the application was synthesised. */
export function dockerfilesBelow(artifacts: string, workingDirectory: string): WrittenDockerfile[] {
  const images = join(artifacts, 'images');
  return !existsSync(images) ? [] : readdirSync(images).sort().map(name => {
    const folder = join(images, name);
    const text = readFileSync(join(folder, 'Dockerfile'), 'utf8');
    const context = /^# {3}docker buildx build .* (\S+)$/m.exec(text)?.[1];
    if (context === undefined) {
      throw new Error(`the Dockerfile of '${name}' does not say by which command it is built`);
    }
    return { name, folder, text, context: join(workingDirectory, context) };
  });
}

/** The images that a Dockerfile begins its stages with, where its arguments have their defaults. */
export function baseImagesOf(text: string): string[] {
  const values = new Map([...text.matchAll(/^ARG (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]));
  const stages = new Set<string>();
  const images = new Set<string>();
  for (const [, base, stage] of text.matchAll(/^FROM (?:--platform=\S+ )?(\S+)(?: AS (\S+))?$/gm)) {
    if (base !== 'scratch' && !stages.has(base)) {
      images.add(base.replace(/\$\{?(\w+)\}?/g, (variable, name) => values.get(name) ?? variable));
    }
    stages.add(stage);
  }
  return [...images].sort();
}

/**
 * The text that buildah 1.28 understands: exactly two edits. It has no frontends, so the line that names one goes; it makes no
 * linked layers, so the flag goes.
 */
export function forBuildah(text: string): string {
  return text.replace(/^# syntax=.*\n/, '').replace(/^COPY --link /gm, 'COPY ');
}
