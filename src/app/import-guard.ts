import { DomainError } from '../domain/errors';
import { StartupError } from '../domain/startup-error';
import { OUTLIVES_PROCESS_MS, type Lease } from '../ports/lease';

const LEASE = 'import';
const IMPORT = 'import';
/** One name for all servers, so that several can start at the same time. */
const SERVER = 'server';
/** An import can begin this long after a server has started. */
const SERVER_MS = 1;

/** Marks the installation as incomplete until `endImport`, also if the import is killed. @throws DomainError UNAVAILABLE */
export async function beginImport(lease: Lease): Promise<void> {
  // Held by a server for a moment, or by an interrupted import.
  if (await lease.acquire(LEASE, IMPORT, OUTLIVES_PROCESS_MS)) return;
  throw new DomainError('UNAVAILABLE', 'A server is starting on the target: stop it first.');
}

export const endImport = (lease: Lease): Promise<void> => lease.release(LEASE, IMPORT);

/**
 * A server on half an import would accept messages, and their offsets would be those of messages that are still to be imported. A
 * store that is unavailable cannot be asked: the start goes on.
 * @throws StartupError if an import was interrupted and not repeated
 */
export async function refuseInterruptedImport(lease: Lease): Promise<void> {
  try {
    // Of two servers that create the lease at the same time, one needs the second attempt.
    for (let attempt = 0; attempt < 2; attempt++) if (await lease.acquire(LEASE, SERVER, SERVER_MS)) return;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'UNAVAILABLE') return;
    throw error;
  }
  throw new StartupError(
    'An import into this installation was interrupted: run `import` again with the same file, it resumes, or empty the installation.',
  );
}
