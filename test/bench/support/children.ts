import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { HttpLoadOrder, HttpLoadResult } from './http-load';
import type { PressLoadOrder, PressLoadResult } from './press-load';
import type { WsLoadMessage, WsLoadOrder } from './ws-load';

const forkHere = (script: string) => fork(join(__dirname, script), { execArgv: ['--import', 'tsx'] });

/** Runs the HTTP load in a process of its own. */
export async function httpLoad(order: HttpLoadOrder): Promise<HttpLoadResult> {
  const child = forkHere('http-load.ts');
  child.send(order);
  const [result] = (await once(child, 'message')) as [HttpLoadResult];
  return result;
}

/** Runs the load of setEmpathy in a process of its own. */
export async function pressLoad(order: PressLoadOrder): Promise<PressLoadResult> {
  const child = forkHere('press-load.ts');
  child.send(order);
  const [result] = (await once(child, 'message')) as [PressLoadResult];
  return result;
}

/** Opens the subscribers in a process of their own. @returns when all are subscribed, with a function that ends them */
export async function wsLoad(order: WsLoadOrder): Promise<() => Promise<Extract<WsLoadMessage, { type: 'result' }>>> {
  const child = forkHere('ws-load.ts');
  child.send(order);
  await once(child, 'message');
  return async () => {
    child.send('stop');
    const [result] = (await once(child, 'message')) as [Extract<WsLoadMessage, { type: 'result' }>];
    return result;
  };
}
