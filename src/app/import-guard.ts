import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '../domain/errors';
import { StartupError } from '../domain/startup-error';
import { OUTLIVES_PROCESS_MS, type Lease } from '../ports/lease';

/** Work on a stopped installation, by the name of its lease. Until it is complete, no server starts and no command opens the engine. */
const INTERRUPTED = {
  import:
    'An import into this installation was interrupted: run `import` again with the same file, it resumes, or empty the installation.',
  repartition: 'A repartition of this installation was interrupted: run `repartition` again, it resumes.',
} as const;
type Work = keyof typeof INTERRUPTED;

/** One name for all servers, so that several can start at the same time. */
const SERVER = 'server';
/** The work can begin this long after a server has started. */
const SERVER_MS = 1;
const ATTEMPTS = 5;
const PAUSE_MS = 20;

/** Throws if the engine must not be used. */
export type EngineCheck = (lease: Lease) => Promise<void>;

/** Marks the installation as incomplete until `endWork`, also if the work is killed. @throws DomainError UNAVAILABLE */
export async function beginWork(work: Work, lease: Lease): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // Held by a server for a moment, or by the same work that was interrupted.
    if (await lease.acquire(work, work, OUTLIVES_PROCESS_MS)) return;
    await delay(PAUSE_MS);
  }
  throw new DomainError('UNAVAILABLE', 'A server is starting on the target: stop it first.');
}

export const endWork = (work: Work, lease: Lease): Promise<void> => lease.release(work, work);

/**
 * A server on half an import would accept messages, and their offsets would be those of messages that are still to be imported; on half
 * a repartition they would stay in the old partitions. A store that is unavailable cannot be asked: the start goes on.
 * @throws StartupError if such work was interrupted and not repeated
 */
export async function refuseInterruptedWork(lease: Lease): Promise<void> {
  for (const work of ['import', 'repartition'] as const) {
    try {
      if (await isAbsent(work, lease)) continue;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'UNAVAILABLE') return;
      throw error;
    }
    throw new StartupError(INTERRUPTED[work]);
  }
}

/** Of two servers that create the lease at the same time, one needs the second attempt. */
const isAbsent = async (work: Work, lease: Lease): Promise<boolean> =>
  (await lease.acquire(work, SERVER, SERVER_MS)) !== undefined || (await lease.acquire(work, SERVER, SERVER_MS)) !== undefined;
