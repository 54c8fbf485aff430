import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port';
import { ServiceProcess } from './service-process';

const HERE = join(__dirname, 'mongo-server');
const CACHE = join(__dirname, '..', '..', 'node_modules', '.cache');
const JARS = join(CACHE, 'mongo-server-1.47.0');

/**
 * A server that speaks MongoDB's protocol (mongo-java-server, which needs Java 17 and, once, Maven) on a free port with a file of
 * its own. A clean stop loses nothing. Its durability in a crash is not tested.
 */
export class MongoService {
  private constructor(
    readonly url: string,
    private readonly folder?: string,
    private readonly server?: ServiceProcess,
  ) {}

  /** The server of TEST_MONGODB_URI, if that is set; databases whose names begin with `jbtest` are made in it. */
  static async shared(): Promise<MongoService> {
    const url = process.env['TEST_MONGODB_URI'];
    return url ? new MongoService(url) : MongoService.start();
  }

  static start(): Promise<MongoService> {
    const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-mongo-'));
    return MongoService.run(['-XX:TieredStopAtLevel=1', '-Xshare:auto', '-Xmx512m'], [join(folder, 'data')], folder);
  }

  /** One that keeps everything in memory, and takes several times as many messages a second. */
  static inMemory(): Promise<MongoService> {
    return MongoService.run(['-Xmx2g'], []);
  }

  private static async run(options: readonly string[], file: readonly string[], folder?: string): Promise<MongoService> {
    const port = await freePort();
    const server = new ServiceProcess('java', [
      ...options,
      '-cp',
      `${jars()}/*`,
      join(HERE, 'Start.java'),
      String(port),
      ...file,
    ]);
    await server.start(/^port \d+/m);
    return new MongoService(`mongodb://127.0.0.1:${port}/`, folder, server);
  }

  /** @returns the address of a new database */
  empty(): string {
    const uri = new URL(this.url);
    uri.pathname = `/jbtest${randomBytes(6).toString('hex')}`;
    return uri.href;
  }

  get pid(): number {
    return this.own().pid;
  }

  signal(name: NodeJS.Signals): void {
    this.own().signal(name);
  }

  async down(): Promise<void> {
    await this.own().stop();
  }

  async up(): Promise<void> {
    await this.own().start(/^port \d+/m);
  }

  async stop(): Promise<void> {
    await this.server?.stop('SIGKILL');
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }

  private own(): ServiceProcess {
    if (!this.server) throw new Error('the server of TEST_MONGODB_URI is not ours to stop');
    return this.server;
  }
}

/** Downloads the jars once, into a temporary folder that is renamed: test files run in several processes. */
function jars(): string {
  if (existsSync(JARS)) return JARS;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'mongo-server-'));
  const args = ['-q', '-B', '-f', join(HERE, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
  execFileSync('mvn', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    renameSync(folder, JARS);
  } catch (error) {
    if (!existsSync(JARS)) throw error;
    rmSync(folder, { recursive: true });
  }
  return JARS;
}
