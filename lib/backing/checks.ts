import { isDeepStrictEqual } from 'node:util';
import type { BackingServiceOptions } from './backing-options';
import { sortedEntries } from '../definition/json';
import { isSecretLiteral } from '../definition/secret-names';
import { type Report } from '../diagnostics/report';

const FLAG = /^--?([A-Za-z][\w.-]*)(?:=(.*))?$/s;

/** Reports a version that is none of the product, whose first number says how the image is run. */
export function checkVersion(version: string, product: string, example: string, report: Report): void {
  if (!/^\d+\./.test(version)) {
    report({ code: 'invalid-version', property: 'version', message: `'${version}' is no version of ${product}.`, remedy: `Write for example '${example}'.` });
  }
}

/** The images make it without quotes in some places, so what needs none is taken. */
export function checkPlainName(name: string, property: string, product: string, greatest: number, report: Report): void {
  if (!/^[a-z_][a-z0-9_]*$/.test(name) || name.length > greatest) {
    report({
      code: 'invalid-name',
      property,
      message: `'${name}' is not a name that ${product} takes as it stands.`,
      remedy: `Use at most ${greatest} lower-case letters, digits and underscores, not beginning with a digit.`,
    });
  }
}

/** Reports a number of members of which no majority is left when one goes. */
export function checkMembers(members: number, allowed: readonly number[], report: Report): void {
  if (!allowed.includes(members)) {
    report({
      code: 'invalid-replicas',
      property: 'members',
      message: `${members} members have no majority that is worth having.`,
      remedy: `Write one of ${allowed.join(', ')}.`,
    });
  }
}

/** Reports a number of servers, without a greatest one, of which no majority is left when one goes. */
export function checkMajority(servers: number, property: string, report: Report): void {
  if (!Number.isInteger(servers) || servers < 1 || servers % 2 === 0) {
    report({ code: 'invalid-replicas', property, message: `${servers} servers have no majority that is worth having.`, remedy: 'Write an odd number.' });
  }
}

/** A number of members that something can be made of, whatever the definition says. */
export function usableMembers(members: number, allowed: readonly number[]): number {
  return allowed.includes(members) ? members : 1;
}

/** Reports a user where the server knows one of its own alone. */
export function checkFixedUser(given: string | undefined, own: string, product: string, report: Report): void {
  if (given !== undefined && given !== own) {
    report({
      code: 'invalid-value',
      property: 'credentials.userName',
      message: `There is no user '${given}'.`,
      remedy: `Leave it out: ${product} knows '${own}' alone.`,
    });
  }
}

/** Servers take passwords as flags too: `--requirepass swordfish`, `--password=swordfish`. */
export function checkArgs(args: readonly string[], report: Report): void {
  args.forEach((arg, index) => {
    const [, name, value = FLAG.test(args[index + 1] ?? '') ? undefined : args[index + 1]] = FLAG.exec(arg) ?? [];
    const isSecret = name === undefined ? isSecretLiteral('', arg) : value !== undefined && (isSecretLiteral(name, value) || /pass$|auth$/i.test(name));
    if (isSecret) {
      report({
        code: 'secret-literal',
        property: `args[${index}]`,
        message: `The argument '${name === undefined ? '…' : `--${name}`}' holds a secret, which everybody reads who may read pods.`,
        remedy: "Leave it out: the password of the login comes from 'credentials'.",
      });
    }
  });
}

/** What those who share one may each say for themselves. */
const OWN: readonly string[] = ['name', 'sharedId'];

/** Those who share one have to ask for the same, or leave it to the first of them. */
export function checkShared(first: BackingServiceOptions, own: BackingServiceOptions, path: string, report: Report): void {
  const asked = new Map(Object.entries(first));
  const others = sortedEntries<unknown>({ ...own }).filter(([property, value]) =>
    value !== undefined && !OWN.includes(property) && !isDeepStrictEqual(value, asked.get(property)));
  for (const [property] of others) {
    const [message, remedy] = property === 'version'
      ? [`whose version is '${first.version}'.`, "Write the same version, or another 'sharedId'."]
      : ['which says otherwise.', "Write the same there, leave it out here, or write another 'sharedId'."];
    report({ code: 'conflicting-options', property, message: `It is the one of '${path}', ${message}`, remedy });
  }
}

/** What only the pods of our own servers follow. */
const POD_OPTIONS = [
  'args', 'containerFields', 'image', 'imagePullSecrets', 'networkPolicy', 'placement', 'podFields', 'statefulSetFields',
] as const satisfies readonly (keyof BackingServiceOptions)[];

/** Whoever provides it in pods does not hear what is said of pods; where there are none, nothing is lost. */
export function checkProvided(options: BackingServiceOptions, report: Report): void {
  for (const property of POD_OPTIONS.filter(each => options[each] !== undefined)) {
    reportOmission(property, 'The provider makes the pods, and does not know this.', SAY_IT, report);
  }
}

/** The remedy for what providers have an option of. */
export const SAY_IT = 'Say it to the provider, leave it out';

/** Reports what a definition says and its provider leaves out. */
export function reportOmission(property: string, message: string, remedy: string, report: Report): void {
  report({ code: 'provider-omission', property, message, remedy: `${remedy}, or acknowledge 'provider-omission' with the reason.` });
}
