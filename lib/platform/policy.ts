import { excessReplicas, excessResources, type Excess, foreignHosts, foreignImages } from './bounds-review';
import type { Exemption, ExemptionOptions, PolicySubject } from './exemption';
import { Forbidden } from './forbidden';
import { type Breach, reviewManifest } from './manifest-review';
import { isRepository } from '../definition/container-image';
import { asMaps, type Json } from '../definition/json';
import { isHostName } from '../definition/naming';
import { checkAmounts, type ResourceAmounts } from '../definition/resource-amounts';
import type { Code } from '../diagnostics/codes';
import { type Report, within } from '../diagnostics/report';

/**
 * What teams may not do. It holds for every object below the platform, whoever made it: constructs of this package with all their
 * pass-throughs and patches, those of cdk8s-plus, and plain `ApiObject`s. A platform further down can add to it, and lift nothing.
 */
export interface PlatformPolicy {
  /**
   * What is forbidden outright.
   *
   * @default - nothing
   */
  readonly forbid?: Forbidden[];
  /**
   * The registries, with or without a path, that images may come from, for example `ghcr.io/acme`. Names without a registry are those of `docker.io`.
   *
   * @default - any
   */
  readonly allowedRegistries?: string[];
  /**
   * The domains that routes may serve, each with everything below it, for example `example.com`.
   *
   * @default - any
   */
  readonly allowedDomains?: string[];
  /**
   * The most pods of one workload, whether they are counted by it or by an autoscaler.
   *
   * @default - no bound
   */
  readonly maxReplicas?: number;
  /**
   * The most that a container may request, or state as its limit.
   *
   * @default - no bound
   */
  readonly maxResources?: ResourceAmounts;
  /**
   * Justified exceptions.
   *
   * @default - none
   */
  readonly exemptions?: Exemption[];
}

/** The policy of one platform. */
export interface PolicyLevel {
  /** The path of the platform. */
  readonly platform: string;
  readonly policy: PlatformPolicy;
}

/** Which of the warnings say the same as something that is forbidden. */
const WARNINGS: { readonly [code in Code]?: Forbidden } = {
  'host-access': Forbidden.HOST_ACCESS,
  'hardening-off': Forbidden.WEAKENED_HARDENING,
  'broad-access': Forbidden.BROAD_ACCESS,
};

/** The names of the enum's members, as the user writes them. */
const NAMES = new Map(Object.entries(Forbidden).map(([name, rule]) => [rule, name]));

/** Reports everything in a finished manifest that a platform above it forbids. */
export function judge(manifest: Json, subject: PolicySubject, levels: readonly PolicyLevel[], minor: number, report: Report): void {
  if (Array.isArray(manifest.items) && String(manifest.kind).endsWith('List')) {
    asMaps(manifest.items).forEach(item => judge(item, subject, levels, minor, report));
    return;
  }
  const breaches = reviewManifest(manifest, minor);
  for (const { platform, policy } of levels) {
    const granted = grantsOf(policy, subject);
    const forbid = (field: string, message: string, remedy: string, grant: string) => report({
      code: 'forbidden-by-platform',
      property: `${manifest.kind}.${field}`,
      message: `${message} The platform '${platform}' forbids that.`,
      remedy: `${remedy} Where it is justified, whoever keeps '${platform}' exempts it: Exemption.ofConstruct('${subject.path}', { ${grant}, reason: '…' }).`,
    });
    const exceed = (found: readonly Excess[], remedy: string, grant: string) =>
      found.forEach(({ field, message }) => forbid(field, message, remedy, grant));
    breaches.filter(breach => isForbidden(breach, policy, granted)).forEach(({ rule, field, message, remedy }) =>
      forbid(field, message, remedy, `allow: [Forbidden.${NAMES.get(rule)}]`));
    const { allowedRegistries, allowedDomains, maxReplicas, maxResources } = policy;
    if (allowedRegistries) {
      const registries = [...allowedRegistries, ...granted.flatMap(grant => grant.registries ?? [])];
      exceed(foreignImages(manifest, registries), 'Take the image from there; a mirror is enough.', "registries: ['…']");
    }
    if (allowedDomains) {
      const domains = [...allowedDomains, ...granted.flatMap(grant => grant.domains ?? [])];
      exceed(foreignHosts(manifest, domains), 'Name a host that does.', "domains: ['…']");
    }
    if (maxReplicas !== undefined) {
      exceed(excessReplicas(manifest, Math.max(maxReplicas, ...granted.flatMap(grant => grant.maxReplicas ?? []))), 'Ask for fewer.', 'maxReplicas: …');
    }
    if (maxResources) {
      const most = Object.assign({}, maxResources, ...granted.map(grant => grant.maxResources ?? {}));
      exceed(excessResources(manifest, most), 'Ask for less.', 'maxResources: { … }');
    }
  }
}

/** Leaves out the warnings that say the same as something forbidden: the error is enough, and it cannot be accepted. */
export function withoutForbidden(report: Report, subject: PolicySubject, levels: readonly PolicyLevel[]): Report {
  return fault => {
    const rule = WARNINGS[fault.code];
    if (!rule || !levels.some(({ policy }) => isForbidden({ rule }, policy, grantsOf(policy, subject)))) {
      report(fault);
    }
  };
}

/** Reports what is wrong with a policy itself. */
export function checkPolicy(policy: PlatformPolicy, report: Report): void {
  const { allowedRegistries, allowedDomains, maxReplicas, maxResources, exemptions = [] } = policy;
  checkPlaces({ allowedRegistries, allowedDomains }, report);
  checkReplicas(maxReplicas, report);
  checkAmounts(maxResources, within(report, 'maxResources'));
  exemptions.forEach((exemption, index) => {
    const here = within(report, `exemptions[${index}]`);
    const { registries, domains, maxReplicas: replicas } = exemption._options;
    exemption._check(here);
    checkPlaces({ registries, domains }, here);
    checkReplicas(replicas, here);
  });
}

function checkPlaces(lists: { readonly [property: string]: readonly string[] | undefined }, report: Report): void {
  for (const [property, texts] of Object.entries(lists)) {
    const ofRegistries = /registries/i.test(property);
    if (texts?.length === 0) {
      report({ code: 'invalid-value', property, message: `An empty list admits no ${ofRegistries ? 'image' : 'route'}.`, remedy: `Name the ${ofRegistries ? 'registries' : 'domains'}, or leave '${property}' out.` });
    }
    texts?.forEach((text, index) => {
      if (ofRegistries && !isRepository(`${text}/image`)) {
        report({
          code: 'invalid-image',
          property: `${property}[${index}]`,
          message: `'${text}' is not a registry.`,
          remedy: "Write its host and path in lower case, without scheme and without a slash at the end, for example 'ghcr.io/acme'.",
        });
      } else if (!ofRegistries && !isHostName(text)) {
        report({
          code: 'invalid-host',
          property: `${property}[${index}]`,
          message: `'${text}' is not a domain.`,
          remedy: "Write it in lower case without dots at the ends, for example 'example.com'; everything below it is meant as well.",
        });
      }
    });
  }
}

function checkReplicas(most: number | undefined, report: Report): void {
  if (most !== undefined && !(Number.isInteger(most) && most >= 1)) {
    report({ code: 'invalid-replicas', property: 'maxReplicas', message: `${most} is not a number of replicas.`, remedy: 'Write a whole number of at least 1.' });
  }
}

function grantsOf({ exemptions = [] }: PlatformPolicy, subject: PolicySubject): ExemptionOptions[] {
  return exemptions.filter(exemption => exemption._covers(subject)).map(exemption => exemption._options);
}

function isForbidden({ rule }: Pick<Breach, 'rule'>, { forbid = [] }: PlatformPolicy, granted: readonly ExemptionOptions[]): boolean {
  return forbid.includes(rule) && !granted.some(grant => grant.allow?.includes(rule));
}
