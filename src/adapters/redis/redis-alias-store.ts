import { randomBytes } from 'node:crypto';
import type { AliasStore } from '../../ports/alias-store';
import { orUnavailable } from './connect';
import type { Places } from './places';
import { Script } from './script';

const KEY = 'jb:alias-key';
const KEY_BYTES = 32;
/** A scope is a room and a day. The port promises that aliases are kept for two days. */
const KEPT_SECONDS = 3 * 24 * 60 * 60;
const CLAIM = new Script('claim-alias');

/** One hash per scope: `o:<owner>` -> alias, and `a:<alias>` for each alias that is taken. It is on the server of the room. */
export class RedisAliasStore implements AliasStore {
  constructor(private readonly places: Places) {}

  async key(room: string): Promise<Uint8Array> {
    const { commands } = this.places.ofRoom(room);
    await orUnavailable(commands.set(KEY, randomBytes(KEY_BYTES).toString('base64url'), 'NX'));
    return Buffer.from((await orUnavailable(commands.get(KEY))) ?? '', 'base64url');
  }

  async claim(scope: string, owner: string, nickname: string): Promise<string> {
    const { commands } = this.places.ofRoom(scope.slice(0, scope.lastIndexOf(':')));
    return String(await orUnavailable(CLAIM.run(commands, [`jb:alias:{${scope}}`], [owner, nickname, KEPT_SECONDS])));
  }
}
