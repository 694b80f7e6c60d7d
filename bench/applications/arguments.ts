/** How many services, and where they are written. */
export const count = Number(process.argv[2]);
export const outdir = process.argv[3];
/** Whether each chart depends on the one before it. */
export const dependencies = process.argv[4] === 'chain';

export function names(of: number): string[] {
  return Array.from({ length: of }, (_, index) => `service-${index}`);
}
