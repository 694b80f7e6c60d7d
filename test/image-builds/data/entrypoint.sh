#!/bin/sh
# What the official images of Postgres and Redis do before their servers start, as far as our manifests rely on it.
set -eu
# DEFAULT is the server of the image; flags alone are meant for it.
if [ $# -eq 0 ] || [ "${1#-}" != "$1" ]; then
  set -- "$DEFAULT" "$@"
fi
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  user=${POSTGRES_USER:-postgres}
  secret=$(mktemp)
  if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then
    tr -d '\r\n' <"$POSTGRES_PASSWORD_FILE" >"$secret"
  else
    printf %s "${POSTGRES_PASSWORD:?}" >"$secret"
  fi
  # Whoever comes by network needs the password.
  initdb --username="$user" --pwfile="$secret" --auth-local=trust --auth-host=scram-sha-256 --no-instructions ${POSTGRES_INITDB_ARGS:-}
  rm "$secret"
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
  if [ "${POSTGRES_DB:-$user}" != postgres ]; then
    pg_ctl -w start -o "-c listen_addresses=''"
    createdb --username="$user" "${POSTGRES_DB:-$user}"
    pg_ctl -w stop
  fi
fi
exec "$@"
