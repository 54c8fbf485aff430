/**
 * The nicknames given out in an anonymous room on one day. Keeps a keyed hash of the author, never the author.
 * Needs only what the log needs: it works while the stores are away.
 */
export interface AliasStore {
  /** The durable key for hashing, made at the first start and shared by all processes of the installation; 32 bytes. */
  key(): Promise<Uint8Array>;
  /**
   * Gives the nickname to `owner`, or the nickname with the lowest free number from 2 on, if another owner has it.
   * The same scope and owner get the same answer for as long as the scope is kept (two days at least).
   * @param scope room and day
   * @param owner keyed hash of the author, for this scope
   */
  claim(scope: string, owner: string, nickname: string): Promise<string>;
}
