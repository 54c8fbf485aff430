import { isPublicAddress } from '../../src/adapters/web-push/public-address';
import { makeVapidKeys, WebPushService } from '../../src/adapters/web-push/web-push-service';
import { FakePushService } from '../support/push-service';

const MESSAGE = { payload: '{}', topic: 'letter', ttlSeconds: 60 };
const keys = makeVapidKeys();
const at = (service: FakePushService, allowPrivatePorts: boolean, host = service.host) => {
  const [name = '', port] = host.split(':');
  return new WebPushService({
    ...{
      contact: 'mailto:wall@example.org',
      keys: () => Promise.resolve(keys),
      allowPrivatePorts,
      ca: service.ca,
      connections: 4,
    },
    hosts: [{ host: name, below: false, port: Number(port) }],
  });
};

test.each([
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['192.168.0.1', false],
  ['0.0.0.0', false],
  ['::1', false],
  ['::', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:127.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['142.250.207.42', true],
  ['2404:6800:4004:825::200a', true],
])('%s is public: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});

test('connects to a private address only where that is allowed', async () => {
  const service = await FakePushService.start();
  const target = service.browser('a');
  const strict = at(service, false);
  await expect(strict.send(target, MESSAGE)).rejects.toThrow('private address');
  await expect(strict.send({ ...target, endpoint: 'https://127.0.0.1/a' }, MESSAGE)).rejects.toThrow('PUSH_HOSTS');
  const numeric = at(service, false, service.host.replace('localhost', '127.0.0.1'));
  const direct = { ...target, endpoint: target.endpoint.replace('localhost', '127.0.0.1') };
  await expect(numeric.send(direct, MESSAGE)).rejects.toThrow('no host name');
  expect(service.received).toEqual([]);
  const open = at(service, true);
  expect(await open.send(target, MESSAGE)).toBe('accepted');
  for (const status of [404, 410]) {
    service.answer = () => status;
    expect(await open.send(target, MESSAGE)).toBe('gone');
  }
  for (const status of [302, 400, 429, 500]) {
    service.answer = () => status;
    await expect(open.send(target, MESSAGE)).rejects.toThrow(String(status));
  }
  for (const each of [strict, numeric, open]) each.close();
});
