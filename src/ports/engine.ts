import type { AliasStore } from './alias-store';
import type { Bus } from './bus';
import type { ChatLog } from './chat-log';
import type { ChatStore } from './chat-store';
import type { CorrectionStore } from './correction-store';
import type { EmpathyStore } from './empathy-store';
import type { FeelingChangeStore } from './feeling-change-store';
import type { InsightStore } from './insight-store';
import type { InviteStore } from './invite-store';
import type { Lease } from './lease';
import type { MembershipStore } from './membership-store';
import type { ModerationStore } from './moderation-store';
import type { MoodStore } from './mood-store';
import type { PasswordResetStore } from './password-reset-store';
import type { Presence } from './presence';
import type { PushStore } from './push-store';
import type { QuestionStore } from './question-store';
import type { RateLimiter } from './rate-limiter';
import type { RoomStore } from './room-store';
import type { SessionStore } from './session-store';
import type { SpendStore } from './spend-store';
import type { UserStore } from './user-store';

/** Differences between engines. Code checks a capability, never the name of an engine. */
export interface EngineCapabilities {
  /**
   * Several processes share the log and the stores. An installation may then be split over roles, and another process may be
   * appending the same message at the same time.
   */
  readonly sharedByProcesses: boolean;
}

/** Damage to the log that this process has seen since its start. */
export interface LogLosses {
  /** Epochs that this process began because the log was lost or set back. */
  readonly epochsBegun: number;
  /** Messages known to be lost by that. */
  readonly lost: number;
}

/**
 * The storage and messaging of an installation. Each port states its own promises; docs/engines.md lists the contract suites that
 * an engine has to pass.
 */
export interface Engine {
  /** Name for people: shown by the health page, the metrics and `doctor`. */
  readonly label: string;
  readonly capabilities: EngineCapabilities;
  readonly chatLog: ChatLog;
  readonly chatStore: ChatStore;
  readonly userStore: UserStore;
  readonly sessionStore: SessionStore;
  readonly roomStore: RoomStore;
  readonly membershipStore: MembershipStore;
  readonly inviteStore: InviteStore;
  readonly aliasStore: AliasStore;
  readonly moodStore: MoodStore;
  readonly empathyStore: EmpathyStore;
  readonly insightStore: InsightStore;
  readonly questionStore: QuestionStore;
  readonly spendStore: SpendStore;
  readonly correctionStore: CorrectionStore;
  readonly moderationStore: ModerationStore;
  readonly passwordResetStore: PasswordResetStore;
  readonly pushStore: PushStore;
  readonly feelingChangeStore: FeelingChangeStore;
  readonly lease: Lease;
  readonly bus: Bus;
  readonly presence: Presence;
  /** Shared by all processes of the installation. */
  readonly limiter: RateLimiter;
  /** The secret that signs tokens if JWT_SECRET is not set. The first call creates and stores it. */
  jwtSecret(): Promise<string>;
  /** Whether at least one partition of the log accepts appends, to the knowledge of this process. */
  isReady(): boolean;
  /** Numbers of the partitions of the log that accept no appends, to the knowledge of this process. */
  partitionsWithoutLog(): readonly number[];
  losses(): LogLosses;
  /** Milliseconds since this process last read the tail of the log successfully; 0 if it does not follow the log. */
  tailAgeMs(): number;
  /** Waits for running writes. Every later call rejects with DomainError UNAVAILABLE. */
  close(): Promise<void>;
}
