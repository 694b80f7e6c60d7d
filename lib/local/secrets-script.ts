import { type LocalApp, SALT, secretFile, type SecretKey, secretsInTexts, secretVariable } from './local-app';
import { TLS_CERTIFICATE, TLS_KEY } from './local-objects';
import { partsOf } from '../configuration/composed-key';
import { ENCODE_FOR_URL, quoteForShell } from '../synthesis/shell';

/**
 * The script that makes the secrets of an app on one machine. A container reads its files as another user than the one who makes them, so the
 * files are readable and their folder is closed.
 *
 * @param name the name of the script
 * @param writesVariables whether it writes those that are read as variables to `.env`
 * @param salted whether it makes the value that names are hashed with
 */
export function renderSecretsScript(app: LocalApp, name = 'compose-secrets.sh', writesVariables = true, salted = false): string {
  const variables = writesVariables ? secretsInTexts(app.services) : [];
  const certificates = [...new Set(app.secrets.filter(({ key }) => key === TLS_CERTIFICATE || key === TLS_KEY).map(({ secret }) => secret))];
  const composed = app.secrets.filter(key => key.composed !== undefined);
  const values = app.secrets.filter(({ secret, key, composed: template }) => template === undefined && !(certificates.includes(secret) && [TLS_CERTIFICATE, TLS_KEY, 'ca.crt'].includes(key)));
  const names = ['localhost', ...app.services.map(service => service.name)].map(host => `DNS:${host}`).join(',');
  return `#!/bin/sh
# Makes the secrets of ${app.name} on this machine, below local-secrets/${writesVariables ? ' and in .env' : ''} beside this file, which version control ignores.
#
#   sh ${name}
#
# What is there already is kept: write the file of a value first that somebody else gives, an access key for example.
# Removing a file and running the script again makes a new value; services such as databases keep the old one in their volume.
set -eu
set +ax
umask 077
cd "$(dirname "$0")"

mkdir -p local-secrets
chmod 700 local-secrets

make() {
  [ -s "$1" ] && return
  mkdir -p "$(dirname "$1")"
  chmod 755 "$(dirname "$1")"
  dd if=/dev/urandom bs=32 count=1 2>/dev/null | base64 | tr -d '=\\n' | tr '+/' '-_' >"$1"
  chmod 444 "$1"
}

${certificates.length === 0 ? '' : `# A certificate that signs itself, for this machine alone.
certify() {
  [ -s "$1/tls.key" ] && return
  mkdir -p "$1"
  chmod 755 "$1"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj /CN=localhost \\
    -addext ${quoteForShell(`subjectAltName=${names}`)} -keyout "$1/tls.key" -out "$1/tls.crt" 2>/dev/null
  cp "$1/tls.crt" "$1/ca.crt"
  chmod 444 "$1"/*
}

`}${certificates.map(secret => `certify ${quoteForShell(`local-secrets/${secret}`)}\n`).join('')}${[...salted ? [SALT] : [], ...values].map(key => `make ${quoteForShell(secretFile(key))}\n`).join('')}${composed.length === 0 ? '' : `
${ENCODE_FOR_URL}
# What is made of others is made anew each time, so that it holds what they hold.
${composed.map(compose).join('')}`}${variables.length === 0 ? '' : `
{
${variables.map(key => `  printf "${secretVariable(key)}='%s'\\n" "$(cat ${quoteForShell(secretFile(key))})"\n`).join('')}} >.env
`}`;
}

function compose(key: SecretKey): string {
  const file = quoteForShell(secretFile(key));
  const parts = partsOf(key.composed!).map(part => part.key === undefined
    ? `printf '%s' ${quoteForShell(part.text!)}` : `encode <${quoteForShell(secretFile({ secret: key.secret, key: part.key }))}`);
  return `rm -f ${file}\n{ ${parts.join('; ')}; } >${file}\nchmod 444 ${file}\n`;
}
