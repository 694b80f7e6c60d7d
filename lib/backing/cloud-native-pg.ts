import type { Construct } from 'constructs';
import { type OperatedServers, OperatorBacking } from './operator-backing';
import type { BackingRequest } from '../definition/backing';
import type { ConnectionLogin } from '../definition/connection';
import { compact } from '../definition/json';
import { renderClaim } from '../definition/volume-claim';
import { Diagnostics } from '../diagnostics/diagnostics';
import { within } from '../diagnostics/report';
import { defineManifest, type Owner } from '../synthesis/manifest';

/** How CloudNativePG runs PostgreSQL. */
export interface CloudNativePgOptions {
  /**
   * How many servers, the first of which takes writes.
   *
   * @default 3
   */
  readonly instances?: number;
  /**
   * The namespace of the operator.
   *
   * @default cnpg-system
   */
  readonly operatorNamespace?: string;
  /**
   * The repository of the images, for organisations that mirror it; its tags are versions of PostgreSQL.
   *
   * @default ghcr.io/cloudnative-pg/postgresql
   */
  readonly imageRepository?: string;
}

const PORT = { name: 'postgres', number: 5432 };
const STATUS = { name: 'status', number: 8000 };
const METRICS_PORT = 9187;

/** Provides PostgreSQL by CloudNativePG. */
export class CloudNativePg extends OperatorBacking {
  public constructor(private readonly options: CloudNativePgOptions) {
    super('Postgres', 'database');
  }

  protected make(scope: Construct, request: BackingRequest, owner: Owner): OperatedServers {
    const { name } = request;
    this.makeCluster(scope, request, owner);
    return {
      host: `${name}-rw`,
      ports: [PORT],
      labels: { 'cnpg.io/cluster': name },
      peerPorts: [PORT, STATUS],
      metricsPort: METRICS_PORT,
      operatorNamespace: this.options.operatorNamespace ?? 'cnpg-system',
      operatorPorts: [PORT, STATUS],
      login: loginOf(request),
    };
  }

  private makeCluster(scope: Construct, { name, version, storage, resources, login, parameters }: BackingRequest, owner: Owner): void {
    const { instances = 3, imageRepository = 'ghcr.io/cloudnative-pg/postgresql' } = this.options;
    defineManifest(scope, {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      name,
      owner,
      fields: {
        spec: report => compact({
          instances,
          imageName: `${imageRepository}:${version}`,
          bootstrap: { initdb: compact({ database: parameters.database, owner: parameters.userName, secret: login && { name: login.secretName } }) },
          resources: resources._render(within(report, 'resources')),
          storage: {
            resizeInUseVolumes: true,
            pvcTemplate: storage && renderClaim(storage, within(report, 'storage')),
          },
        }),
      },
    });
    Diagnostics._check(scope, report => {
      if (!Number.isInteger(instances) || instances < 1) {
        report({ code: 'invalid-replicas', property: 'provider.instances', message: `${instances} is not a number of servers.`, remedy: 'Write a whole number from 1.' });
      }
    });
  }
}

/** The operator keeps the login of the owner of the database in `<name>-app`. */
function loginOf({ name, login, parameters }: BackingRequest): ConnectionLogin {
  return login ?? {
    secretName: `${name}-app`,
    passwordKey: 'password',
    urlKey: 'uri',
    ...parameters.userName !== undefined && { userName: parameters.userName },
    ...parameters.database !== undefined && { database: parameters.database },
  };
}
