import { randomBytes } from 'node:crypto';
import type { AliasStore } from '../../ports/alias-store';
import type { Environment } from './environment';
import type { KeySet, Table } from './table';

const KEY_BYTES = 32;

export interface LmdbAliasStoreOptions {
  readonly env: Environment;
  readonly secrets: Table<Uint8Array, string>;
  /** The alias given out, by scope and owner. */
  readonly given: Table<string, [string, string]>;
  /** Scope and alias of all aliases given out. */
  readonly taken: KeySet<[string, string]>;
}

export class LmdbAliasStore implements AliasStore {
  constructor(private readonly options: LmdbAliasStoreOptions) {}

  key(): Promise<Uint8Array> {
    const { env, secrets } = this.options;
    return env.write(() => {
      const known = secrets.get('alias-key');
      if (known) return known;
      const key = randomBytes(KEY_BYTES);
      secrets.put('alias-key', key);
      return key;
    });
  }

  async claim(scope: string, owner: string, nickname: string): Promise<string> {
    const { env, given, taken } = this.options;
    const known = await env.read(() => given.get([scope, owner]));
    if (known !== undefined) return known;
    return env.write(() => {
      const meanwhile = given.get([scope, owner]);
      if (meanwhile !== undefined) return meanwhile;
      let alias = nickname;
      for (let number = 2; taken.has([scope, alias]); number++) alias = `${nickname} ${number}`;
      given.put([scope, owner], alias);
      taken.add([scope, alias]);
      return alias;
    });
  }
}
