/** What of a build context reaches the builder, as an allow-list. Later rules win. */
export interface IgnoreFile {
  readonly header: readonly string[];
  readonly groups: readonly IgnoreGroup[];
}

/** Rules of one kind, and why they are there. */
export interface IgnoreGroup {
  readonly comment: string;
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

/** The text of a .dockerignore: everything is left out but what a group allows. Groups without a rule are not written. */
export function renderIgnoreFile({ header, groups }: IgnoreFile): string {
  const blocks = groups.map(({ comment, allow = [], deny = [] }) => ({ comment, rules: [...deny, ...allow.map(pattern => `!${pattern}`)] }));
  return [
    [...header.map(line => `# ${line}`), '*'],
    ...blocks.filter(({ rules }) => rules.length > 0).map(({ comment, rules }) => [`# ${comment}`, ...rules]),
  ].map(lines => `${lines.join('\n')}\n`).join('\n');
}
