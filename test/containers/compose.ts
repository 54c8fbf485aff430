import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../support/free-port';

const ROOT = join(__dirname, '..', '..');
const OUTPUT_MAX_BYTES = 64 * 2 ** 20;
const PATIENCE_MS = 300_000;
const POLL_MS = 250;

interface ContainerState {
  readonly RestartCount: number;
  readonly State: { readonly Status: string; readonly Health?: { readonly Status: string } };
}

/** compose.yaml as a project of its own, on free ports and with rate limits that a load test does not reach. */
export class Compose {
  private constructor(private readonly env: Readonly<Record<string, string>>) {}

  static async onFreePorts(): Promise<Compose> {
    const plenty = '100000/1s';
    return new Compose({
      COMPOSE_PROJECT_NAME: 'jungle-buzz-test',
      HTTP_PORT: String(await freePort()),
      HTTPS_PORT: String(await freePort()),
      JWT_SECRET: randomBytes(32).toString('base64'),
      RATE_SEND_PER_USER: plenty,
      RATE_SEND_PER_ADDRESS: plenty,
      RATE_CONNECTS_PER_ADDRESS: plenty,
    });
  }

  /** Host and port of the proxy. */
  get host(): string {
    return `127.0.0.1:${this.env['HTTP_PORT']}`;
  }

  /** Runs a command in the folder of compose.yaml. @returns its standard output @throws Error with all of its output if it fails */
  async run(command: string, ...args: readonly string[]): Promise<string> {
    const options = { cwd: ROOT, env: { ...process.env, ...this.env }, maxBuffer: OUTPUT_MAX_BYTES };
    const { stdout } = await promisify(execFile)(command, args, options).catch((error: unknown) => {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
    });
    return stdout.trim();
  }

  docker(...args: readonly string[]): Promise<string> {
    return this.run('docker', ...args);
  }

  compose(...args: readonly string[]): Promise<string> {
    return this.docker('compose', ...args);
  }

  /** Creates or starts all containers. Resolves when all are healthy. */
  async up(): Promise<void> {
    await this.compose('up', '--detach', '--no-build', '--wait', '--wait-timeout', String(PATIENCE_MS / 1_000));
  }

  /** Ids of the running containers of these services, or of all. */
  async containers(...services: readonly string[]): Promise<string[]> {
    return (await this.compose('ps', '--quiet', ...services)).split('\n');
  }

  /** Kills the process that init started in a container with SIGKILL. Resolves when the container was restarted and is healthy. */
  async crash(container: string): Promise<void> {
    const { RestartCount } = await this.inspect(container);
    await this.docker('exec', container, 'bash', '-c', 'kill -9 $(</proc/1/task/1/children)');
    await this.untilHealthy(container, RestartCount + 1);
  }

  /** @param restarts how often the container must have been restarted */
  async untilHealthy(container: string, restarts = 0): Promise<void> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (;;) {
      const { RestartCount, State } = await this.inspect(container);
      if (RestartCount >= restarts && State.Health?.Status === 'healthy') return;
      if (performance.now() > giveUpAt) throw new Error(`${container} is not healthy: ${JSON.stringify(State)}`);
      await delay(POLL_MS);
    }
  }

  private async inspect(container: string): Promise<ContainerState> {
    const [state] = JSON.parse(await this.docker('inspect', container)) as [ContainerState];
    return state;
  }
}
