import { existsSync, readFileSync } from 'node:fs';

/** What the kernel says of a process, by field; nothing when it has ended. */
export function statusOf(pid: number): { readonly [field: string]: string } {
  try {
    return Object.fromEntries(readFileSync(`/proc/${pid}/status`, 'utf8').trim().split('\n').map(line => line.split(/:\s*/, 2)));
  } catch {
    return {};
  }
}

/** The descendant of a process that is the first one in a namespace of processes. */
export function firstOfNamespace(pid: number): number | undefined {
  return descendants(pid).find(descendant => /\s1$/.test(statusOf(descendant).NSpid ?? ''));
}

function descendants(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
  return children.flatMap(child => [child, ...descendants(child)]);
}
