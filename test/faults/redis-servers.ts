import { bandOf, partitionOf, type Partitions } from '../../src/domain/partition';
import { RedisService } from '../support/redis-service';

/** The log of one partition as its Redis has it. Both offsets are 0 if there is nothing. */
interface PartitionState {
  readonly epoch: string | undefined;
  /** Of the newest entry. */
  readonly head: number;
  readonly committed: number;
}

/** A redis-server with an empty database. */
export interface RedisServer {
  readonly service: RedisService;
  readonly url: string;
}

/** The Redis servers of an installation. The partitions of the log are on them in turn. */
export class RedisServers {
  private constructor(
    readonly all: readonly RedisServer[],
    readonly partitions: Partitions,
  ) {}

  static async start(servers = 1, partitions = 1): Promise<RedisServers> {
    const all = Array.from({ length: servers }, async () => {
      const service = await RedisService.start();
      return { service, url: await service.empty() };
    });
    return new RedisServers(await Promise.all(all), { first: 0, count: partitions });
  }

  /** As REDIS_URL is written. */
  get url(): string {
    return this.all.map(({ url }) => url).join(',');
  }

  get first(): RedisServer {
    return this.at(0);
  }

  at(server: number): RedisServer {
    const found = this.all[server];
    if (!found) throw new Error(`no Redis ${server}`);
    return found;
  }

  partitionOf(room: string): number {
    return partitionOf(room, this.partitions);
  }

  /** Index of the server that has the messages of the room. */
  holding(room: string): number {
    return this.serverOf(this.partitionOf(room));
  }

  partitionsOn(server: number): number[] {
    return this.numbers().filter((number) => this.serverOf(number) === server);
  }

  /** The partitions in the order of their numbers. */
  states(): Promise<PartitionState[]> {
    return Promise.all(this.numbers().map((number) => this.state(number)));
  }

  async state(partition: number): Promise<PartitionState> {
    const { service, url } = this.at(this.serverOf(partition));
    const { base } = bandOf(partition, this.partitions);
    const [epoch, head, committed] = await service.ask(url, (redis) =>
      redis.hmget(`jb:{log${partition}}:state`, 'epoch', 'offset', 'committed'),
    );
    return { epoch: epoch ?? undefined, head: base + Number(head), committed: base + Number(committed) };
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map(({ service }) => service.stop()));
  }

  private serverOf(partition: number): number {
    return (partition - this.partitions.first) % this.all.length;
  }

  private numbers(): number[] {
    return Array.from({ length: this.partitions.count }, (_, i) => this.partitions.first + i);
  }
}
