/**
 * The nicknames of an anonymous room on one day. Stores a keyed hash of each author, never the author.
 * It depends on the log's engine alone, so it works while the other stores are unavailable.
 */
export interface AliasStore {
  /**
   * The durable key for hashing: 32 bytes, created at the first use and shared by all processes of the installation. Rooms may have
   * different ones.
   */
  key(room: string): Promise<Uint8Array>;
  /**
   * Gives `owner` the nickname, or, if another owner has it, the nickname with the lowest free number from 2 on.
   * The same scope and owner get the same answer for as long as the scope is kept, which is at least two days.
   * @param scope room and day, with a colon between
   * @param owner keyed hash of the author within this scope
   */
  claim(scope: string, owner: string, nickname: string): Promise<string>;
}
