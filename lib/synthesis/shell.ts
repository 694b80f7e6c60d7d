/** One word of a shell command, whatever it holds. */
export function quoteForShell(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}
