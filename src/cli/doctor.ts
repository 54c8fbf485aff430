import { examine, type Finding } from '../app/commands/doctor';
import { parseConfig } from '../config/config';

const MARKS = { ok: 'ok  ', warn: 'WARN', bad: 'BAD ' } as const;

/** @returns 1 if something would keep the server from starting or working */
export async function doctor(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const found = [node(), ...(await findings(env))];
  for (const { state, about, text } of found) process.stdout.write(`${MARKS[state]} ${about}: ${text}\n`);
  const bad = found.filter(({ state }) => state === 'bad').length;
  process.stdout.write(bad > 0 ? `\n${bad} to fix.\n` : '\nReady to start.\n');
  return bad > 0 ? 1 : 0;
}

async function findings(env: Readonly<Record<string, string | undefined>>): Promise<readonly Finding[]> {
  try {
    return await examine(parseConfig(env));
  } catch (error) {
    return [{ state: 'bad', about: 'settings', text: error instanceof Error ? error.message : String(error) }];
  }
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19)
    ? { state: 'ok', about: 'node', text: process.version }
    : { state: 'bad', about: 'node', text: `${process.version} is too old: use 20.19 or newer.` };
}
