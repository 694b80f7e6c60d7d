import { freePort } from './free-port';
import { type LocalService, metricsNetwork, OBSERVABILITY_PROFILE, outsideNetwork } from './local-app';
import { ALONE } from './local-scheduling';
import { compareStrings } from '../definition/json';
import type { Report } from '../diagnostics/report';
import { stringifyDocuments } from '../synthesis/yaml';

/** A port that is scraped. */
export interface Scraped {
  readonly name: string;
  readonly port: number;
}

const IMAGE = 'prom/prometheus:v3.5.0';
const PORT = 9090;
const NAME = 'prometheus';
const NOBODY = '65534:65534';

/**
 * The Prometheus of one machine; nothing where nothing is scraped.
 *
 * @param names the names of containers that there are
 * @param taken the ports of the machine that somebody has
 */
export function prometheus(
  scraped: readonly Scraped[], image: string | undefined, names: ReadonlySet<string>, taken: ReadonlySet<number>, report: Report,
): LocalService | undefined {
  if (scraped.length === 0) {
    return undefined;
  }
  if (names.has(NAME)) {
    report({
      code: 'local-omission',
      property: 'prometheusImage',
      message: `A service is called '${NAME}', so none of that name is added that scrapes what is monitored.`,
      remedy: "Give it another name, or acknowledge 'local-omission' where it scrapes the others itself.",
    });
    return undefined;
  }
  const networks = new Set([...scraped.map(each => metricsNetwork(each.name)), outsideNetwork(NAME)]);
  return {
    name: NAME,
    pod: NAME,
    origin: '',
    image: image ?? IMAGE,
    command: [['--config.file=/etc/prometheus/prometheus.yml'], ['--storage.tsdb.path=/prometheus']],
    env: new Map(),
    ports: [{ host: freePort(PORT, taken), container: PORT, protocol: 'tcp' }],
    attachments: [...networks].sort(compareStrings).map(network => ({ network, aliases: [] })),
    hostNetwork: false,
    mounts: [{ kind: 'volume', source: NAME, path: '/prometheus', readOnly: false }],
    scratch: [],
    files: [{ path: '/etc/prometheus/prometheus.yml', content: configuration(scraped) }],
    user: NOBODY,
    groups: [],
    readOnly: true,
    privileged: false,
    newPrivileges: false,
    capabilities: [],
    sysctls: {},
    limits: {},
    restart: 'unless-stopped',
    dependsOn: new Map(),
    profile: OBSERVABILITY_PROFILE,
    scheduling: () => ALONE,
  };
}

function configuration(scraped: readonly Scraped[]): string {
  return stringifyDocuments([{
    scrape_configs: [...scraped].map(({ name, port }) => ({ job_name: `${name}-${port}`, static_configs: [{ targets: [`${name}:${port}`] }] })),
  }]);
}
