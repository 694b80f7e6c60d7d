import { isHostName } from '../../definition/naming';
import { type Report } from '../../diagnostics/report';

/** Stands for every host. */
export const ANY_HOST = '*';

const IP_ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;

/** The complete host: one without a dot stands before the domain of the platform. */
export function completeHost(host: string, domain: string | undefined): string {
  return host === ANY_HOST || host.includes('.') || domain === undefined ? host : `${host}.${domain}`;
}

/** What stays the same when a host is completed. */
export function firstLabel(host: string): string {
  return host.split('.')[0];
}

/** Reports a host that no Ingress may have. */
export function checkHost(host: string, property: string, domain: string | undefined, report: Report): void {
  const complete = completeHost(host, domain);
  if (complete === ANY_HOST) {
    return;
  }
  const name = complete.startsWith('*.') ? complete.slice(2) : complete;
  if (!isHostName(name) || complete.length > 253) {
    report({
      code: 'invalid-host',
      property,
      message: `'${host}' is not a host name.`,
      remedy: "Write it in lower case without scheme, port and path, for example 'shop.example.com'; '*.example.com' stands for every host one level below.",
    });
  } else if (IP_ADDRESS.test(name)) {
    report({ code: 'invalid-host', property, message: `'${host}' is an address, and Kubernetes wants a name.`, remedy: "Write a DNS name, or '*' for every host." });
  } else if (!complete.includes('.')) {
    report({
      code: 'invalid-host',
      property,
      message: `'${host}' has no dot, and the platform names no domain to put it before.`,
      remedy: `Write the complete host, for example '${host}.example.com', or set Platform.domain.`,
    });
  }
}

/** Reports what is wrong with the hosts of a route, where it must have some. */
export function checkHosts(host: string | undefined, hosts: readonly string[] | undefined, domain: string | undefined, report: Report): void {
  if (host === undefined && (hosts ?? []).length === 0) {
    report({ code: 'invalid-host', property: 'host', message: 'The route names no host.', remedy: "Write host: 'shop.example.com', or host: '*' if every host is meant." });
  }
  if (host !== undefined) {
    checkHost(host, 'host', domain, report);
  }
  hosts?.forEach((each, index) => checkHost(each, `hosts[${index}]`, domain, report));
}
