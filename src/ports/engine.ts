import type { AliasStore } from './alias-store';
import type { Bus } from './bus';
import type { ChatLog } from './chat-log';
import type { ChatStore } from './chat-store';
import type { InsightStore } from './insight-store';
import type { Lease } from './lease';
import type { ModerationStore } from './moderation-store';
import type { MoodStore } from './mood-store';
import type { Presence } from './presence';
import type { RateLimiter } from './rate-limiter';
import type { RoomStore } from './room-store';
import type { SessionStore } from './session-store';
import type { SpendStore } from './spend-store';
import type { UserStore } from './user-store';

/** What one engine can do and another cannot. Code asks for a capability, never for an engine's name. */
export interface EngineCapabilities {
  /**
   * Several processes share the log and the stores. Then another process may be appending the same message at this moment, and the
   * installation may be split over roles.
   */
  readonly sharedByProcesses: boolean;
}

/** Log generations that this process had to begin, and messages known to be lost by that. Both are counted from its start. */
export interface LogLosses {
  readonly epochsBegun: number;
  readonly lost: number;
}

/**
 * Everything durable, and what the processes of one installation announce to each other. Each port states its own promises;
 * docs/engines.md says which contract suites accept an engine.
 */
export interface Engine {
  /** For people only: the health page, metrics and `doctor` show it. */
  readonly label: string;
  readonly capabilities: EngineCapabilities;
  readonly chatLog: ChatLog;
  readonly chatStore: ChatStore;
  readonly userStore: UserStore;
  readonly sessionStore: SessionStore;
  readonly roomStore: RoomStore;
  readonly aliasStore: AliasStore;
  readonly moodStore: MoodStore;
  readonly insightStore: InsightStore;
  readonly spendStore: SpendStore;
  readonly moderationStore: ModerationStore;
  readonly lease: Lease;
  readonly bus: Bus;
  readonly presence: Presence;
  /** Counts for all processes of the installation together. */
  readonly limiter: RateLimiter;
  /** The secret that signs tokens where JWT_SECRET is not set: made at the first call and kept. */
  jwtSecret(): Promise<string>;
  /** Whether the log accepts appends, as far as this process knows. */
  isReady(): boolean;
  losses(): LogLosses;
  /** Waits for the writes under way. Afterwards every call rejects with DomainError UNAVAILABLE. */
  close(): Promise<void>;
}
