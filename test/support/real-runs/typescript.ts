import { pathToFileURL } from 'node:url';

/** The arguments that let node run TypeScript. The command of tsx would run it in a child, and kill that when it does not answer a signal at once. */
export const TYPESCRIPT = ['--import', pathToFileURL(require.resolve('tsx')).href];
