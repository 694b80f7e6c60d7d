/** What of a build context reaches the builder, as an allow-list. Later rules win. */
export interface IgnoreFile {
  readonly header: readonly string[];
  readonly groups: readonly IgnoreGroup[];
}

/** Rules of one kind, and why they are there. */
export interface IgnoreGroup {
  /** Nothing joins it to those of others. */
  readonly comment: string;
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  /** Whether it admits whole folders, in which private files may lie. */
  readonly folders?: boolean;
  /** Whether it comes behind the rules against private files: file by file, or as a group of its own. */
  readonly last?: 'single' | 'group';
}

/** The text of a .dockerignore: everything is left out but what a group allows. Groups without a rule are not written. */
export function renderIgnoreFile({ header, groups }: IgnoreFile): string {
  const blocks = groups.map(({ comment, allow = [], deny = [] }) => ({ comment, rules: [...deny, ...allow.map(pattern => `!${pattern}`)] }));
  return [
    [...header.map(line => `# ${line}`), '*'],
    ...blocks.filter(({ rules }) => rules.length > 0).map(({ comment, rules }) => [`# ${comment}`, ...rules]),
  ].map(lines => `${lines.join('\n')}\n`).join('\n');
}
