import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseImagesOf, type WrittenDockerfile } from './dockerfiles';

/** The Dockerfile that one writes without thinking about it, for the same program. */
export function writeNaiveDockerfile({ text }: WrittenDockerfile, folder: string): void {
  const golang = baseImagesOf(text).find(image => image.startsWith('golang:'));
  const [, main] = /-o \/out\/\S+ (\S+)$/m.exec(text) ?? [];
  if (!golang || !main) {
    throw new Error('the Dockerfile does not show which program is compiled by which Go');
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'Dockerfile'), [`FROM ${golang}`, 'WORKDIR /app', 'COPY . .', `RUN go build -o server ${main}`, 'CMD ["/app/server"]', ''].join('\n'));
}
