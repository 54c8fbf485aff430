import { registerUsers } from '../../support/plain-api';
import { httpLoad } from './children';
import { openInstallation } from './installation';

const PER_SECOND = 200;
const SECONDS = 5;
/** Rates that refuse nothing here, but are counted as in production. */
const COUNTED = '100000/1s';

/** Commands that Redis gets for a sendChat, of all processes together. Those that a script runs are not among them. */
export async function redisCommandsPerSendChat(roles: readonly string[]): Promise<number> {
  const names = ['SEND_PER_USER', 'SEND_PER_ADDRESS', 'SAME_TEXT', 'REGISTER_PER_ADDRESS'];
  const settings: Record<string, string> = { RATE_LIMITS: 'on' };
  for (const name of names) settings[`RATE_${name}`] = COUNTED;
  const installation = await openInstallation(roles, { settings });
  try {
    const { redis, redisUrl, servers } = installation;
    const url = [...servers].flatMap(([name, { httpUrl }]) => (name.startsWith('api') ? [httpUrl] : []));
    const load = {
      url,
      tokens: await registerUsers(url[0] ?? '', 20),
      perSecond: PER_SECOND,
      seconds: SECONDS,
      warmUpSeconds: 0,
    };
    await httpLoad({ ...load, room: 'main', run: 'warm' });
    let commands = 0;
    await redis.ask(redisUrl, async (client) => {
      const monitor = await client.monitor();
      monitor.on('monitor', (_time: string, _command: readonly string[], source: string) => {
        if (source !== 'lua') commands++;
      });
      await httpLoad({ ...load, room: 'main', run: 'counted' });
      monitor.disconnect();
    });
    return commands / (PER_SECOND * SECONDS);
  } finally {
    await installation.stop();
  }
}
