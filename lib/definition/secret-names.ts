/** Where a camel-case name has a new word: `dbPassword`, `APIKey`. */
const WORD_STARTS = [/([a-z0-9])([A-Z])/g, /([A-Z]+)([A-Z][a-z])/g] as const;

/** What every name with such an ending holds somewhere, which most names do not. */
const SECRET_PART = /pass|pwd|secret|token|cred|key/i;
/** The last words of a name that holds a secret. `PWD` and `PASS` count only behind another word: alone they are the working directory and a verb. */
const SECRET_ENDINGS = new RegExp([
  '(password|passphrase)s?$',
  'passwd$',
  '_(pwd|pass)$',
  'secret$',
  'token$',
  '(credentials?|(^|_)creds)$',
  '(api|access|private|secret|signing|encryption|master)_?keys?$',
  'secret_?key_?base$',
].join('|'));

/** A value that is made of references to other variables says nothing itself. */
const REFERENCES = /\$\$|\$\([A-Za-z_][A-Za-z0-9_]*\)/g;
const PLACEHOLDER = /^(\$\([^()]+\)|\$\{[^{}]+\}|<[^<>]+>|\*+|%s)$/;
const FLAG = /^(true|false|yes|no|on|off)?$/i;

/** `scheme://user:password@host`, anywhere in a text. Everything is bounded by the next slash or space, so long texts take linear time. */
const URL_PASSWORD = /:\/\/[^\s/?#:@]*:([^\s/?#@]+)@/g;
/** `user:password@tcp(host:3306)/name`, as the MySQL driver of Go wants it. */
const GO_DSN_PASSWORD = /:([^\s:/@]{1,200})@(?:tcp|udp|unix)[46]?\(/g;
/** `host=… password=…`, as libpq and ADO want it. */
const KEYWORD_PASSWORD = /(?:^|[\s;&?])(?:password|pwd)\s*=\s*(?:'([^']+)'|"([^"]+)"|([^\s;&'"]+))/gi;
/** What every text with a password or a private key holds somewhere, which most texts do not. */
const CREDENTIALS_PART = /[@=]|-----BEGIN/;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/;

/**
 * Whether a name, of an environment variable or of a key, says that it holds a secret: `DB_PASSWORD`, `apiKey`, `auth.token`.
 * `DB_PASSWORD_FILE`, `TOKEN_TTL` and `SECRET_NAME` do not: what counts is how the name ends.
 */
export function looksLikeSecret(name: string): boolean {
  if (!SECRET_PART.test(name)) {
    return false;
  }
  const words = WORD_STARTS.reduce((text, start) => text.replace(start, '$1_$2'), name);
  return SECRET_ENDINGS.test(words.toLowerCase().replace(/[-.\s]+/g, '_'));
}

/** Whether a text carries a password or a private key; a reference to a variable in its place is none. */
export function holdsCredentials(value: string): boolean {
  if (!CREDENTIALS_PART.test(value)) {
    return false;
  }
  // Whole files talk about passwords without holding one, so keywords count in connection strings alone.
  const patterns = value.includes('\n') ? [URL_PASSWORD, GO_DSN_PASSWORD] : [URL_PASSWORD, GO_DSN_PASSWORD, KEYWORD_PASSWORD];
  return PRIVATE_KEY.test(value) || patterns.some(pattern =>
    [...value.matchAll(pattern)].some(([, ...groups]) => !PLACEHOLDER.test(groups.find(group => group !== undefined)!)));
}

/** Whether a literal must not stand in a manifest under this name. Nothing, a flag and mere references cannot be secrets. */
export function isSecretLiteral(name: string, value: string): boolean {
  const saysNothing = () => FLAG.test(value) || value.replace(REFERENCES, '') === '';
  return (looksLikeSecret(name) && !saysNothing()) || holdsCredentials(value);
}
