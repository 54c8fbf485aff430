import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm, symlink, readdir } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Database } from 'lmdb';
import { StartupError } from '../../domain/startup-error';
import { Environment } from './environment';

/** Token, process id, host name and machine of the process that may write. Version 0.1 reads it too, and writes no machine. */
type Writer = readonly [string, number, string, string?];

const PREFIX = 'writer-';
const SUFFIX = '.sock';
/** The system's limit is 104 to 108 bytes, depending on the system. */
const MAX_SOCKET_PATH_BYTES = 100;
/** A connection that is neither accepted nor refused within this time belongs to a living process. */
const PROBE_MS = 2_000;

/**
 * One writer per folder. The writer listens on a Unix socket in the folder and stores the socket's random name in the database. A
 * socket is open exactly as long as its process lives, whatever happens to process ids and containers, so an owner on this machine
 * that refuses a connection is dead. Sockets do not reach other machines: an owner there counts as living until its socket file is
 * removed. A dead owner is replaced in a write transaction, only if it is still the one that was probed: of two processes that find
 * the same dead owner, one wins and the other then finds a living one.
 */
export class WriterLock {
  private constructor(
    private env: Environment,
    private writers: Database<Writer, string>,
    private readonly folder: SocketFolder,
    private readonly server: Server,
    private readonly token: string,
  ) {}

  /**
   * Only reads: an owner that was stopped inside a transaction (SIGSTOP) keeps every other writer waiting.
   * @throws StartupError naming the owner, if there is a living one
   */
  static async refuseLivingOwner(dataDir: string): Promise<void> {
    const folder = await SocketFolder.open(dataDir);
    try {
      await folder.refuseIfAlive(await storedWriter(dataDir));
    } finally {
      await folder.close();
    }
  }

  /** @throws StartupError naming the owner, if there is a living one */
  static async acquire(dataDir: string, env: Environment, token: string): Promise<WriterLock> {
    const folder = await SocketFolder.open(dataDir);
    try {
      const server = await listen(folder.path(token), dataDir);
      const lock = new WriterLock(env, env.plain('writer'), folder, server, token);
      try {
        await lock.replaceDeadOwner();
        await folder.removeAllBut(token);
        return lock;
      } catch (error) {
        await closeServer(server);
        throw error;
      }
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  /** Call it when the data were moved to another file together with the stored name of the writer. */
  moveTo(env: Environment): void {
    this.env = env;
    this.writers = env.plain('writer');
  }

  async release(): Promise<void> {
    this.env.writeNow(() => {
      if (this.writers.get('writer')?.[0] === this.token) void this.writers.remove('writer');
    });
    await closeServer(this.server);
    this.folder.remove(this.token);
    await this.folder.close();
  }

  private async replaceDeadOwner(): Promise<void> {
    for (;;) {
      const probed = this.env.writeNow(() => this.writers.get('writer'));
      await this.folder.refuseIfAlive(probed);
      const taken = this.env.writeNow(() => {
        if (this.writers.get('writer')?.[0] !== probed?.[0]) return false;
        void this.writers.put('writer', [this.token, process.pid, hostname(), machine()]);
        return true;
      });
      if (taken) return;
    }
  }
}

export const inUse = (dataDir: string, pid: number, host: string): StartupError =>
  new StartupError(
    `DATA_DIR ${dataDir} is in use by process ${pid} on host ${host}: stop it, or choose another folder for this one.`,
  );

/** Equal in all containers of a machine, until it is restarted; '' where the system has no such id. */
function machine(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

async function storedWriter(dataDir: string): Promise<Writer | undefined> {
  if (!existsSync(join(dataDir, 'data.mdb'))) return undefined;
  const env = new Environment(dataDir, { readOnly: true });
  try {
    return env.plain<Writer>('writer').get('writer');
  } catch {
    // A folder that was never opened completely has no such database.
    return undefined;
  } finally {
    await env.close();
  }
}

/** The data folder under a path that is short enough for a socket: its own, or that of a symbolic link in the temporary folder. */
class SocketFolder {
  private constructor(
    /** As DATA_DIR names it. */
    private readonly given: string,
    private readonly dataDir: string,
    private readonly short: string,
    private readonly linkParent: string | undefined,
  ) {}

  static async open(dataDir: string): Promise<SocketFolder> {
    const absolute = resolve(dataDir);
    if (Buffer.byteLength(join(absolute, fileName('x'.repeat(32)))) <= MAX_SOCKET_PATH_BYTES) {
      return new SocketFolder(dataDir, absolute, absolute, undefined);
    }
    const parent = await mkdtemp(join(tmpdir(), 'jb-'));
    const link = join(parent, 'd');
    await symlink(absolute, link);
    return new SocketFolder(dataDir, absolute, link, parent);
  }

  path(token: string): string {
    return join(this.short, fileName(token));
  }

  remove(token: string): void {
    rmSync(join(this.dataDir, fileName(token)), { force: true });
  }

  /** @throws StartupError naming the owner */
  async refuseIfAlive(owner: Writer | undefined): Promise<void> {
    if (!owner) return;
    const [token, pid, host, bootId = ''] = owner;
    const isHere = host === hostname() || (bootId !== '' && bootId === machine());
    if (isHere) {
      if (await isAlive(this.path(token))) throw inUse(this.given, pid, host);
    } else if (existsSync(join(this.dataDir, fileName(token)))) {
      throw new StartupError(
        `DATA_DIR ${this.given} is in use by process ${pid} on host ${host}, or was not closed there: stop it. ` +
          `If no server runs there any more, delete ${join(this.dataDir, fileName(token))} and start again.`,
      );
    }
  }

  /** Dead processes leave their sockets behind. */
  async removeAllBut(token: string): Promise<void> {
    const names = await readdir(this.dataDir);
    const dead = names.filter((name) => name.startsWith(PREFIX) && name.endsWith(SUFFIX) && name !== fileName(token));
    await Promise.all(dead.map((name) => rm(join(this.dataDir, name), { force: true })));
  }

  async close(): Promise<void> {
    if (this.linkParent !== undefined) await rm(this.linkParent, { recursive: true, force: true });
  }
}

const fileName = (token: string): string => `${PREFIX}${token}${SUFFIX}`;

function listen(path: string, dataDir: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.destroy();
    });
    server.once('error', (cause) => {
      const why = `DATA_DIR ${dataDir} cannot hold a Unix socket (${cause.message}): use a folder on a local disk or volume.`;
      reject(new StartupError(why, { cause }));
    });
    server.listen(path, () => {
      // The socket is open as long as the process lives, and does not keep it alive.
      server.unref();
      resolve(server);
    });
  });
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });

/** A process is dead if nobody listens on its socket, or the socket does not exist. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const answer = (alive: boolean) => {
      socket.destroy();
      resolve(alive);
    };
    socket.setTimeout(PROBE_MS, () => {
      answer(true);
    });
    socket.once('connect', () => {
      answer(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      answer(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT');
    });
  });
}
