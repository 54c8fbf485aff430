import { makeVapidKeys, WebPushService } from '../adapters/web-push/web-push-service';
import type { Viewer } from '../domain/user';
import type { Access } from '../flow/access';
import type { VapidKeys } from '../ports/push-store';
import { LetterPushes, MAX_IN_FLIGHT } from '../push/letter-pushes';
import { PushSubscriptions } from '../push/push-subscriptions';
import { QuietHours } from '../push/quiet-hours';
import type { Base } from './base';
import { repeatWork } from './repeat-work';

const CHECK_MS = 2_000;

/** The role api: subscriptions to notifications. */
export function pushSubscriptionsOf(
  base: Base,
  requireRoom: (room: string, viewer: Viewer) => Promise<unknown>,
  admit: (viewer: Viewer) => Promise<void>,
): PushSubscriptions {
  const { config, engine, clock } = base;
  const keys = config.PUSH_CONTACT === undefined ? undefined : keysOf(base);
  return new PushSubscriptions({ store: engine.pushStore, keys, hosts: config.PUSH_HOSTS, requireRoom, admit, clock });
}

/**
 * The role worker: notifies browsers of letters.
 * @param ca certificates to trust in place of the system's
 */
export function openLetterPushes(base: Base, access: Access, holder: string, ca?: string): void {
  const { config, engine, clock, logger: parent, releasers } = base;
  const { PUSH_CONTACT: contact, PUSH_HOSTS: hosts, NODE_ENV, INSIGHT_TZ } = config;
  if (contact === undefined) return;
  const { pushStore: store, insightStore: insights, lease, bus } = engine;
  const logger = parent.child({ part: 'letter-pushes' });
  const allowPrivatePorts = NODE_ENV !== 'production';
  const service = new WebPushService({
    ...{ contact, keys: keysOf(base), hosts, allowPrivatePorts, ca },
    connections: MAX_IN_FLIGHT,
  });
  const mayRead = async (userId: string, room: string) => (await access.readable({ userId }, room)) !== undefined;
  const quietHours = new QuietHours(INSIGHT_TZ);
  const pushes = new LetterPushes({ store, insights, service, lease, holder, bus, quietHours, mayRead, clock, logger });
  releasers.push('push service', () => {
    pushes.stop();
    service.close();
  });
  const failure = 'notifications were not sent; trying again';
  repeatWork({ logger, releasers }, 'letter pushes', CHECK_MS, (signal) => pushes.run(signal), failure);
}

/** Reads the keys of the installation once. The first use makes them; the store can be unavailable at the start. */
function keysOf({ engine }: Base): () => Promise<VapidKeys> {
  let known: VapidKeys | undefined;
  return async () => (known ??= await engine.pushStore.vapidKeys(makeVapidKeys()));
}
