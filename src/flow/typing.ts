import type { Viewer } from '../domain/user';
import type { Bus } from '../ports/bus';
import type { Rate, RateLimiter } from '../ports/rate-limiter';
import type { Access } from './access';
import type { Aliases } from './aliases';

export interface TypingDeps {
  readonly access: Pick<Access, 'requireReader' | 'requireWriter'>;
  readonly aliases: Pick<Aliases, 'authorIn'>;
  readonly bus: Pick<Bus, 'publish'>;
  readonly limiter: Pick<RateLimiter, 'consume'>;
  readonly perUser: Rate;
}

/** Announces who is typing. Nothing is stored. */
export class Typing {
  constructor(private readonly deps: TypingDeps) {}

  /** @throws DomainError NOT_FOUND (room), CONFLICT (archived room), FORBIDDEN (guest), RATE_LIMITED, UNAVAILABLE */
  async set(viewer: Viewer, roomId: string, typing: boolean): Promise<void> {
    const { access, aliases, bus, limiter, perUser } = this.deps;
    await limiter.consume(perUser, viewer.userId);
    const room = await access.requireReader(viewer, roomId);
    await access.requireWriter(viewer, room);
    const author = await aliases.authorIn(room, viewer);
    bus.publish({ type: 'typing', room: room.id, memberId: viewer.sessionId, author, typing });
  }
}
