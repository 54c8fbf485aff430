import { randomBytes } from 'node:crypto';
import type { Database } from 'lmdb';
import type { AliasStore } from '../../ports/alias-store';
import type { Environment } from './environment';

const KEY_BYTES = 32;

export interface LmdbAliasStoreOptions {
  readonly env: Environment;
  readonly secrets: Database<Uint8Array, string>;
  /** Scope and owner: the alias given out. */
  readonly given: Database<string, [string, string]>;
  /** Scope and alias: that it is taken. */
  readonly taken: Database<null, [string, string]>;
}

export class LmdbAliasStore implements AliasStore {
  constructor(private readonly options: LmdbAliasStoreOptions) {}

  key(): Promise<Uint8Array> {
    const { env, secrets } = this.options;
    return env.write(() => {
      const known = secrets.get('alias-key');
      if (known) return known;
      const key = randomBytes(KEY_BYTES);
      void secrets.put('alias-key', key);
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
      for (let number = 2; taken.get([scope, alias]) !== undefined; number++) alias = `${nickname} ${number}`;
      void given.put([scope, owner], alias);
      void taken.put([scope, alias], null);
      return alias;
    });
  }
}
