import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy between clients and the socket port: it can cut connections and slow down readers. */
export class Proxy {
  private readonly server: Server;
  private readonly pairs = new Set<{ client: Socket; upstream: Socket }>();

  private constructor(private readonly target: () => number) {
    this.server = createServer((client) => {
      const upstream = connect(this.target(), '127.0.0.1');
      const pair = { client, upstream };
      this.pairs.add(pair);
      for (const socket of [client, upstream]) {
        socket.on('error', () => undefined);
        socket.on('close', () => {
          client.destroy();
          upstream.destroy();
          this.pairs.delete(pair);
        });
      }
      client.pipe(upstream);
      upstream.pipe(client);
    });
  }

  /** @param target the port to connect to, asked for each connection */
  static async open(target: () => number): Promise<Proxy> {
    const proxy = new Proxy(target);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts the connections that the function selects. */
  cut(picks: () => boolean): void {
    for (const { client, upstream } of this.pairs) {
      if (!picks()) continue;
      client.destroy();
      upstream.destroy();
    }
  }

  /** Pauses data from the server to the connections that the function selects. @returns a function that resumes */
  stall(picks: () => boolean): () => void {
    const stalled = [...this.pairs].filter(picks);
    for (const { client, upstream } of stalled) upstream.unpipe(client);
    return () => {
      for (const { client, upstream } of stalled) if (!client.destroyed) upstream.pipe(client);
    };
  }

  async close(): Promise<void> {
    this.cut(() => true);
    await new Promise((resolve) => this.server.close(resolve));
  }
}
