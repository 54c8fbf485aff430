import { parseConfig } from '../../src/config/config';

const SECRET = 'k'.repeat(32);

test('all settings have defaults outside production', () => {
  expect(parseConfig({})).toMatchObject({
    PORT: 4000,
    WS_PORT: 4001,
    FLUSH_INTERVAL_MS: 2000,
    IDE: true,
    JWT_EXPIRES_IN: 3_600_000,
  });
});

test('guests may enter outside production, and in production only if GUESTS is on', () => {
  expect(parseConfig({}).GUESTS).toBe(true);
  expect(parseConfig({ NODE_ENV: 'production', JWT_SECRET: SECRET }).GUESTS).toBe(false);
  expect(parseConfig({ NODE_ENV: 'production', JWT_SECRET: SECRET, GUESTS: 'on' }).GUESTS).toBe(true);
});

test('REDIS_URL is one address or several, and a password may contain commas', () => {
  const urlsOf = (url: string) =>
    parseConfig({ REDIS_URL: url, MONGODB_URI: 'mongodb://localhost/x', JWT_SECRET: SECRET }).REDIS_URL;
  expect(urlsOf('redis://:a,b@one:6379/3/')).toEqual(['redis://:a,b@one:6379/3']);
  expect(urlsOf('redis://:a,b@one:6379, rediss://two:6379,redis://one:6380')).toEqual([
    'redis://:a,b@one:6379',
    'rediss://two:6379',
    'redis://one:6380',
  ]);
});

test('the configuration is frozen', () => {
  expect(Object.isFrozen(parseConfig({}))).toBe(true);
});

test('production needs JWT_SECRET only and turns introspection and IDE pages off unless they are set', () => {
  expect(parseConfig({ NODE_ENV: 'production', JWT_SECRET: SECRET })).toMatchObject({ IDE: false, INTROSPECTION: false });
  expect(parseConfig({ NODE_ENV: 'production', JWT_SECRET: SECRET, IDE: 'on' })).toMatchObject({ IDE: true });
});

test.each([
  ['PORT', { PORT: '70000' }],
  ['PORT', { PORT: '4e3' }],
  ['WS_PORT', { WS_PORT: '99999' }],
  ['BCRYPT_COST', { BCRYPT_COST: '3' }],
  ['BCRYPT_COST', { BCRYPT_COST: '99' }],
  ['BCRYPT_COST', { BCRYPT_COST: '4', NODE_ENV: 'production', JWT_SECRET: SECRET }],
  ['JWT_EXPIRES_IN', { JWT_EXPIRES_IN: '1 hour' }],
  ['INSIGHT_TZ', { INSIGHT_TZ: 'Asia/Soul' }],
  ['CORS_ORIGINS', { CORS_ORIGINS: 'https://a.org, *' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['PUBLIC_WS_URL', { PUBLIC_WS_URL: 'https://a.org' }],
  ['MONGODB_URI', { REDIS_URL: 'redis://localhost' }],
  ['REDIS_URL', { MONGODB_URI: 'mongodb://localhost/x' }],
  ['REDIS_URL', { REDIS_URL: 'redis://a:6379,http://:canary@b:6379', MONGODB_URI: 'mongodb://localhost/x' }],
  ['REDIS_URL', { REDIS_URL: 'redis://:canary@a:6379,redis://a:6379', MONGODB_URI: 'mongodb://localhost/x' }],
  ['LOG_PARTITIONS', { LOG_PARTITIONS: '0' }],
  ['LOG_PARTITIONS', { LOG_PARTITIONS: '1025' }],
  ['JWT_SECRET', { NODE_ENV: 'production' }],
  ['JWT_SECRET', { JWT_SECRET: 'too-short-canary' }],
  ['JWT_SECRET_PREVIOUS', { JWT_SECRET_PREVIOUS: 'too-short-canary' }],
  ['SMTP_URL', { SMTP_URL: 'http://canary@mail.example.org', PUBLIC_URL: 'https://wall.example.org' }],
  ['SMTP_URL', { SMTP_URL: 'smtp://u:canary@mail.example.org' }],
  ['SMTP_URL', { SMTP_URL: 'smtp://u:canary@mail.example.org', PUBLIC_URL: 'same-origin' }],
  ['MAIL_FROM', { MAIL_FROM: 'canary' }],
  ['MAIL_FROM', { MAIL_FROM: 'A <a@b.de>, canary@b.de' }],
  ['RATE_LIMITS', { RATE_LIMITS: 'off', NODE_ENV: 'production', JWT_SECRET: SECRET }],
])('an invalid %s is refused in one line that names it and contains no value: %j', (name, env) => {
  const attempt = () => parseConfig(env);
  expect(attempt).toThrow(new RegExp(`^${name}\\b.*$`));
  expect(attempt).not.toThrow(/canary|kkkk/);
});
