import type { LiveSocket } from './live-socket';

/** A socket or an event stream. */
export type OpenConnection = Pick<LiveSocket, 'connection' | 'phase' | 'alive' | 'ping' | 'close' | 'terminate'>;

/** The open connections of this process, counted by address and by user. */
export class OpenConnections {
  /** With the address of each. */
  private readonly addresses = new Map<OpenConnection, string>();
  private readonly perAddress = new Map<string, number>();
  private readonly perUser = new Map<string, number>();

  get size(): number {
    return this.addresses.size;
  }

  [Symbol.iterator](): Iterator<OpenConnection> {
    return this.addresses.keys();
  }

  add(opened: OpenConnection, address: string): void {
    this.addresses.set(opened, address);
    change(this.perAddress, address, 1);
  }

  remove(closed: OpenConnection): void {
    change(this.perAddress, this.addresses.get(closed) ?? '', -1);
    this.addresses.delete(closed);
    const { viewer } = closed.connection;
    if (viewer) change(this.perUser, viewer.userId, -1);
  }

  /** Counts a connection for its user, until it is removed. To be called once for each. @returns the new number */
  addForUser(userId: string): number {
    return change(this.perUser, userId, 1);
  }

  ofAddress(address: string): number {
    return this.perAddress.get(address) ?? 0;
  }

  ofUser(userId: string): number {
    return this.perUser.get(userId) ?? 0;
  }
}

/** @returns the new count */
function change(counts: Map<string, number>, key: string, by: 1 | -1): number {
  const now = (counts.get(key) ?? 0) + by;
  if (now > 0) counts.set(key, now);
  else counts.delete(key);
  return now;
}
