import { optimiseLess } from '../../templates/go-microservice/optimise-less';

/** How many services, and where they are written. */
export const count = Number(process.argv[2]);
export const outdir = process.argv[3];
/** Whether each chart depends on the one before it. */
export const dependencies = process.argv[4] === 'chain';

// This is imported last, when the libraries are loaded, which is when an app of the project template does it.
if (process.argv[4] !== 'plain') {
  optimiseLess();
}

export function names(of: number): string[] {
  return Array.from({ length: of }, (_, index) => `service-${index}`);
}
