import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LogLoadOrder, LogLoadResult } from './log-load';
import type { RoomReadersMessage, RoomReadersOrder } from './room-readers';

const forkHere = (script: string): ChildProcess => fork(join(__dirname, script), { execArgv: ['--import', 'tsx'] });

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('a load process ended without an answer');
  });
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [T];
  ended.catch(() => undefined);
  return answer;
}

/** Appends to the log in a process of its own. */
export async function logLoad(order: LogLoadOrder): Promise<LogLoadResult> {
  const child = forkHere('log-load.ts');
  child.send(order);
  return answerOf(child);
}

/** Opens readers in a process of their own. @returns when all are subscribed, with a function that ends them and counts */
export async function roomReaders(order: RoomReadersOrder): Promise<() => Promise<number>> {
  const child = forkHere('room-readers.ts');
  child.send(order);
  await answerOf<RoomReadersMessage>(child);
  return async () => {
    const answer = answerOf<Extract<RoomReadersMessage, { type: 'result' }>>(child);
    child.send('stop');
    return (await answer).deliveries;
  };
}
