/** A server of the fixture: how a value is written and read in its container, and how it gets more than there is room for. */
export interface Server {
  readonly name: string;
  readonly claim: string;
  readonly read: readonly string[];
  readonly fill: readonly string[];
  write(value: string): readonly string[];
}

/** More than a dump may take where there is little room for it, and nothing that can be compressed. */
const MUCH = 2_000_000;
const PSQL = 'PGPASSWORD="$(cat /etc/secrets/login/password)" psql --host=127.0.0.1 --username=app --dbname=app --quiet --tuples-only --no-align';
const REDIS = 'REDISCLI_AUTH="$(cat /etc/secrets/login/password)" redis-cli';

export const SERVERS: readonly Server[] = [
  {
    name: 'orders-db',
    claim: 'data-orders-db-0',
    write: value => sh(`${PSQL} --command="CREATE TABLE IF NOT EXISTS colours (colour text); DELETE FROM colours; INSERT INTO colours VALUES ('${value}')"`),
    read: sh(`${PSQL} --command='SELECT colour FROM colours' 2>/dev/null || :`),
    fill: sh(`${PSQL} --command="CREATE TABLE much AS SELECT sha512(n::text::bytea) FROM generate_series(1, ${MUCH / 64}) n"`),
  },
  {
    name: 'events',
    claim: 'data-events-0',
    write: value => sh(`${REDIS} set colour ${value}`),
    read: sh(`${REDIS} get colour`),
    fill: sh(`head -c ${MUCH} /dev/urandom | ${REDIS} -x set much`),
  },
  {
    name: 'registry',
    claim: 'data-registry-0',
    write: value => ['etcdctl', 'put', 'colour', value],
    read: ['etcdctl', 'get', 'colour', '--print-value-only'],
    fill: sh(`head -c ${MUCH / 4} /dev/urandom | base64 -w0 | etcdctl put much`),
  },
];

function sh(script: string): string[] {
  return ['sh', '-c', script];
}
