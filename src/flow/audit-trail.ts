import { auditId, type AuditAction } from '../domain/moderation';
import type { Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';
import type { NewId } from '../ports/ids';
import type { ModerationStore } from '../ports/moderation-store';

export interface AuditTrailDeps {
  readonly moderation: Pick<ModerationStore, 'addAuditEntry'>;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** Adds the actions of accounts to the audit log. */
export class AuditTrail {
  constructor(private readonly deps: AuditTrailDeps) {}

  /**
   * @param subject id of the message or room concerned
   * @param room the room that the action belongs to, with which the entry is deleted
   * @throws DomainError UNAVAILABLE
   */
  async record(
    { userId, username }: Viewer,
    action: AuditAction,
    subject: string,
    room: string | undefined,
    details: string,
  ): Promise<void> {
    const { moderation, clock, newId } = this.deps;
    const at = clock.now();
    const id = auditId(at, newId());
    const entry = { id, at, actorId: userId, actor: username, action, subject, details };
    await moderation.addAuditEntry(room === undefined ? entry : { ...entry, room });
  }
}
