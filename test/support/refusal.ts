import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { tempDir } from './temp-dir';

/** Time after which a process that does not refuse to start is killed. `npm run bench -- footprint` says how long refusals take. */
const GIVE_UP_MS = 50_000;

/** Starts the real process with settings that it must refuse. */
export async function refusal(env: Record<string, string>): Promise<{ exitCode: number; stderr: string; stdout: string }> {
  const child = spawn(process.execPath, [join(__dirname, '../../dist/main.js')], {
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: env['DATA_DIR'] ?? tempDir(),
      HOST: '127.0.0.1',
      PORT: '0',
      WS_PORT: '0',
      LOG_LEVEL: 'silent',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), GIVE_UP_MS);
  const [exitCode] = (await once(child, 'close')) as [number];
  clearTimeout(timer);
  return { exitCode, ...output };
}
