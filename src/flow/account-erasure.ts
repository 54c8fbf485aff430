import { auditId, type Erasure } from '../domain/moderation';
import type { Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';
import type { NewId } from '../ports/ids';
import type { ModerationStore } from '../ports/moderation-store';

export interface AccountErasureDeps {
  readonly moderation: Pick<ModerationStore, 'beginErasure' | 'addAuditEntry'>;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Whether the texts of a deleted account are erased, or kept under a pseudonym. */
  readonly texts: 'erase' | 'keep';
}

/**
 * Records durably that an account and its messages are to be erased. The worker does it within seconds. Recording it again keeps the
 * first pseudonym.
 * @throws DomainError UNAVAILABLE
 */
export async function requestAccountErasure(
  { moderation, clock, newId, texts }: AccountErasureDeps,
  { userId: actorId, username: actor }: Pick<Viewer, 'userId' | 'username'>,
): Promise<void> {
  const at = clock.now();
  const erasure: Erasure = {
    ...{ id: `account.${actorId}`, at, actorId, actor, kind: 'account' as const },
    ...{ pseudonym: `deleted-${newId()}`, texts },
  };
  await moderation.beginErasure(erasure);
  await moderation.addAuditEntry({
    ...{ id: auditId(at, erasure.id), at, actorId, actor },
    ...{ action: 'DELETE_ACCOUNT' as const, subject: '', details: texts },
  });
}
