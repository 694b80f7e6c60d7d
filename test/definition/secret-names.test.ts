import { holdsCredentials, isSecretLiteral, looksLikeSecret } from '../../lib/definition/secret-names';

describe('looksLikeSecret', () => {
  test.each([
    'PASSWORD', 'DB_PASSWORD', 'db-password', 'db.password', 'dbPassword', 'DBPassword', 'PGPASSWORD', 'ADMIN_PASSWORDS', 'MYSQL_PASSWD', 'KEY_PASSPHRASE',
    'SMTP_PASS', 'DB_PWD', 'CLIENT_SECRET', 'clientSecret', 'TOKEN', 'GITHUB_TOKEN', 'accessToken', 'auth.token', 'API_KEY', 'api-key', 'apiKey', 'APIKey',
    'APIKEY', 'VALID_API_KEYS', 'AWS_SECRET_ACCESS_KEY', 'TLS_PRIVATE_KEY', 'SIGNING_KEY', 'GOOGLE_CREDENTIALS', 'aws_creds', 'SECRET_KEY_BASE', 'db password',
  ])('%s does', name => {
    expect(looksLikeSecret(name)).toBe(true);
  });

  test.each([
    'PASSWORD_FILE', 'DB_PASSWORD_PATH', 'SECRET_NAME', 'TOKEN_URL', 'TOKEN_TTL', 'API_KEY_HEADER', 'TOKEN_HOST', 'PASSWORD_MIN_LENGTH', 'secretName',
    'MAX_TOKENS', 'IMAGE_PULL_SECRETS', 'PWD', 'OLDPWD', 'PASS', 'COMPASS', 'BYPASS', 'AWS_ACCESS_KEY_ID', 'PUBLIC_KEY', 'PARTITION_KEY', 'tls.key', 'KEY',
    'TOKENIZER', 'DATABASE_HOST', 'LOG_LEVEL', '',
  ])('%s does not', name => {
    expect(looksLikeSecret(name)).toBe(false);
  });
});

describe('holdsCredentials', () => {
  test.each([
    'postgres://orders:hunter2@db:5432/orders',
    'redis://:hunter2@cache:6379',
    'amqp://guest:guest@mq-0,mq-1',
    'see https://user:hunter2@example.com/path for more',
    'postgres://orders:pre$(PASSWORD)@db/orders',
    'orders:hunter2@tcp(db:3306)/orders',
    'host=db user=orders password=hunter2 dbname=orders',
    "host=db password='two words'",
    'Server=db;User Id=orders;Password=hunter2;',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
    '-----BEGIN PRIVATE KEY-----',
    'upstream {\n  server http://user:hunter2@db;\n}',
  ])('%j does', value => {
    expect(holdsCredentials(value)).toBe(true);
  });

  test.each([
    'postgres://orders:$(DB_PASSWORD)@db:5432/orders',
    'postgres://orders:${DB_PASSWORD}@db:5432/orders',
    'postgres://%s:%s@db:5432/orders',
    'postgres://orders:<password>@db:5432/orders',
    'postgres://orders:***@db:5432/orders',
    'postgres://orders@db:5432/orders',
    'http://example.com:8080/users/@me',
    'http://[::1]:8080/',
    'mailto:someone@example.com',
    'orders:$(DB_PASSWORD)@tcp(db:3306)/orders',
    'host=db password=$(DB_PASSWORD) dbname=orders',
    'sslmode=require passwordless=true',
    '<input type="password">\npassword = document.getElementById("password")',
    '-----BEGIN CERTIFICATE-----',
    '',
  ])('%j does not', value => {
    expect(holdsCredentials(value)).toBe(false);
  });

  test('a mebibyte takes no time', () => {
    const started = Date.now();
    for (const text of ['a', ':', '://a:', 'password', 'a:b@']) {
      holdsCredentials(text.repeat(2 ** 20 / text.length));
    }
    expect(Date.now() - started).toBeLessThan(2000);
  });
});

describe('isSecretLiteral', () => {
  test.each([
    ['DB_PASSWORD', 'hunter2', true],
    ['DATABASE_URL', 'postgres://orders:hunter2@db/orders', true],
    ['DB_PASSWORD', '$(OTHER)', false],
    ['DB_PASSWORD', '$(A)$(B)', false],
    ['DB_PASSWORD', 'pre$(OTHER)', true],
    ['DB_PASSWORD', '', false],
    ['REQUIRE_TOKEN', 'true', false],
    ['LOG_LEVEL', 'info', false],
  ])('%s=%s: %s', (name, value, expected) => {
    expect(isSecretLiteral(name, value)).toBe(expected);
  });
});
