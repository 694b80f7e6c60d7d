import { type GlobalArgument } from '../dockerfile/dockerfile';

/** Arguments that every Dockerfile of this library has, with defaults that say where they come from. */
export const STAMPS: readonly GlobalArgument[] = [
  { name: 'VERSION', default: '0.0.0-dev', description: 'is the version of the program, the tag of the image' },
  { name: 'REVISION', default: 'unknown', description: 'is the commit: "$(git rev-parse HEAD)"' },
  { name: 'CREATED', default: '1970-01-01T00:00:00Z', description: 'is the time of the commit: "$(git log -1 --format=%cI)"' },
  { name: 'SOURCE_DATE_EPOCH', default: '0', description: 'is the same in seconds, for every time stamp of the image: "$(git log -1 --format=%ct)"' },
];
