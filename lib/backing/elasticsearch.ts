import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { BackingServiceOptions, LoginOptions } from './backing-options';
import { PASSWORD_FILE, PRINT_QUOTED_PASSWORD } from './backing-recipe';
import { BackingService } from './backing-service';
import { checkFixedUser, checkVersion } from './checks';
import { DEFAULT_STORAGE } from './defaults';
import { serverHealth } from './health';
import { heapOptions } from './memory';
import { NativeScratch } from './native-scratch';
import { ContainerImage } from '../definition/container-image';
import { Probe } from '../definition/probe';
import { Resources } from '../definition/resources';
import { Volume } from '../definition/volume';
import { Diagnostics } from '../diagnostics/diagnostics';

/** An Elasticsearch. */
export interface ElasticsearchProps extends BackingServiceOptions, LoginOptions {}

const PORT = 9200;
const HOME = '/usr/share/elasticsearch';
const DATA = `${HOME}/data`;
const SCRATCH = new NativeScratch(DATA);
const USER = 'elastic';
/** Without this Java keeps up to two gigabytes of logs about its memory; the server itself logs to its standard output. */
const NO_LOG_FILES = '-Xlog:disable -Xlog:all=warning:stderr:utctime,level,tags';
const DEFAULT_RESOURCES = Resources.of({ cpu: '500m', memory: '2Gi' });
/** The image refuses a file that a group may read; what it makes of the variable is the same. */
const START = `${SCRATCH.make} && ELASTIC_PASSWORD="$(cat ${PASSWORD_FILE})" exec docker-entrypoint.sh eswrapper "$@"`;
const READY = `printf 'user = "${USER}:%s"' "$(${PRINT_QUOTED_PASSWORD})" \\
  | exec curl --config - --silent --fail --output /dev/null 'http://127.0.0.1:${PORT}/_cluster/health?wait_for_status=yellow&timeout=5s'`;

/**
 * An Elasticsearch of the official image: one server with a claim, which speaks HTTP without TLS to those whom the network policy admits.
 * Clients get `<NAME>_HOST`, `_PORT`, `_USER`, and files with the password and the URL (`<NAME>_PASSWORD_FILE`, `_URL_FILE`). The password is set when the
 * server first starts, so a rotation of the Secret needs an `elasticsearch-reset-password` as well.
 *
 * Diagnostics: `invalid-version`, `invalid-value`.
 *
 * @see https://www.elastic.co/docs/deploy-manage/deploy/self-managed/install-elasticsearch-docker-configure
 * @example
 * const search = new Elasticsearch(chart, 'search', { version: '9.1.3' });
 */
export class Elasticsearch extends BackingService {
  public constructor(scope: Construct, id: string, props: ElasticsearchProps) {
    super(scope, id, props);
    const { version, credentials, storage = DEFAULT_STORAGE, resources = DEFAULT_RESOURCES } = props;
    const heap = heapOptions(resources);
    const config = Volume.emptyDir({ sizeLimit: '16Mi' });
    const image = ContainerImage.reference(`docker.elastic.co/elasticsearch/elasticsearch:${version}`);
    const settings = {
      'discovery.type': 'single-node',
      // Mapped files would need a setting of the node (vm.max_map_count).
      'node.store.allow_mmap': 'false',
      // The certificates that it would make for itself are nobody's that a client trusts.
      'xpack.security.autoconfiguration.enabled': 'false',
      'xpack.security.enabled': 'true',
      'xpack.security.http.ssl.enabled': 'false',
    };
    this._run({
      kind: 'Elasticsearch',
      component: 'search',
      image,
      ports: [{ name: 'http', number: PORT, appProtocol: 'http' }],
      command: ['sh', '-c', START, 'elasticsearch'],
      args: Object.entries(settings).map(([name, value]) => `-E${name}=${value}`),
      env: { ES_JAVA_OPTS: [heap, NO_LOG_FILES].filter(each => each !== undefined).join(' '), ES_TMPDIR: SCRATCH.folder },
      // It writes its keystore beside its settings, so these are copied to where it may write.
      prepare: { command: ['sh', '-c', `cp -R ${HOME}/config/. /prepared/`], volumes: { '/prepared': config } },
      volumes: { [`${HOME}/config`]: config, [`${HOME}/logs`]: Volume.emptyDir({ sizeLimit: '32Mi' }) },
      data: { path: DATA, storage },
      resources,
      health: serverHealth(Probe.command(['sh', '-c', READY], { timeout: Duration.seconds(10) })),
      members: 1,
      login: {
        ...credentials && { credentials },
        userName: USER,
        url: (user, host) => `http://${user}:{password}@${host}`,
      },
    });
    Diagnostics._check(this, report => {
      checkVersion(version, 'Elasticsearch', '9.1.3', report);
      checkFixedUser(credentials?._userName, USER, 'Elasticsearch', report);
    });
  }
}
