import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy that can delay, drop or cut connections. */
export class Link {
  private readonly server: Server;
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private silent = false;
  private delayMs = 0;
  private cutBytes: Buffer | undefined;
  private slow: { readonly bytes: Buffer; readonly ms: number } | undefined;
  /** How often data was delayed, dropped or cut. Proves that the fault happened. */
  touched = 0;

  private constructor(private target: number) {
    this.server = createServer((near) => {
      const far = connect(this.target, '127.0.0.1');
      const pair = [near, far] as const;
      this.pairs.add(pair);
      for (const socket of pair) {
        socket.setNoDelay(true);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.pairs.delete(pair);
          near.destroy();
          far.destroy();
        });
      }
      this.carry(near, far, true);
      this.carry(far, near, false);
    });
  }

  static async to(url: string): Promise<Link> {
    const link = new Link(Number(new URL(url).port));
    await new Promise<void>((resolve) => link.server.listen(0, '127.0.0.1', resolve));
    return link;
  }

  /** The server's address through this proxy. */
  url(direct: string): string {
    const url = new URL(direct);
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** Connects to another server from now on. Connections that are open stay with the server before. */
  retarget(url: string): void {
    this.target = Number(new URL(url).port);
  }

  /** Drops all data in both directions, without closing connections, until `heal`. */
  blackHole(): void {
    this.silent = true;
  }

  /** Delays all data to the server. */
  delay(ms: number): void {
    this.delayMs = ms;
  }

  /** Delays chunks to the server that contain these bytes. */
  slowDown(bytes: string, ms: number): void {
    this.slow = { bytes: Buffer.from(bytes, 'latin1'), ms };
  }

  /** Cuts all connections, again and again, when data to the server contains these bytes. */
  cutOn(bytes: string): void {
    this.cutBytes = Buffer.from(bytes, 'latin1');
  }

  cut(): void {
    for (const [near, far] of this.pairs) {
      this.touched++;
      near.destroy();
      far.destroy();
    }
  }

  /** Closes all connections with a TCP reset, so that both ends get ECONNRESET or EPIPE. */
  reset(): void {
    for (const pair of this.pairs) {
      this.touched++;
      for (const socket of pair) socket.resetAndDestroy();
    }
  }

  /** Ends all faults. Connections whose data was dropped are closed. */
  heal(): void {
    if (this.silent) this.cut();
    this.silent = false;
    this.delayMs = 0;
    this.slow = undefined;
    this.cutBytes = undefined;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private carry(from: Socket, to: Socket, toServer: boolean): void {
    let queue = Promise.resolve();
    let waiting = 0;
    from.on('data', (chunk: Buffer) => {
      if (this.silent) {
        this.touched++;
        return;
      }
      if (toServer && this.cutBytes && chunk.includes(this.cutBytes)) {
        this.cut();
        return;
      }
      const ms = toServer ? this.holdUp(chunk) : 0;
      // A delayed chunk delays only the chunks behind it.
      if (ms === 0 && waiting === 0) {
        to.write(chunk);
        return;
      }
      if (ms > 0) this.touched++;
      waiting++;
      const due = performance.now() + ms;
      queue = queue.then(async () => {
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
        waiting--;
        to.write(chunk);
      });
    });
  }

  private holdUp(chunk: Buffer): number {
    if (this.slow && chunk.includes(this.slow.bytes)) return this.slow.ms;
    return this.delayMs;
  }
}
