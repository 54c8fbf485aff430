import type { Chat, ChatDraft } from '../../domain/chat';
import { unavailable, withStored } from '../../domain/errors';
import type { Appended } from '../../ports/chat-log';
import type { Clock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import { chatCodec } from './chat-table';
import { GroupCommit } from './group-commit';
import type { Journal } from './journal';
import type { Settler } from './settler';
import type { Table } from './table';
import type { Encoded, Unsettled } from './unsettled';

/** Ids that are remembered between `find` and `append`. A send takes milliseconds. */
const MAX_ABSENT = 10_000;

export interface JournalAppendsOptions {
  readonly journal: Journal;
  /** Offset of every settled id that was ever appended. Never removed. */
  readonly ids: Table<number, string>;
  readonly unsettled: Unsettled;
  readonly settler: Settler;
  readonly epoch: string;
  /** Of the newest entry. */
  readonly sentAt: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called in the turn in which the entries become visible. Must not throw. */
  readonly onAppended: (chats: readonly Chat[]) => void;
}

/** Appends to the journal. Drafts that come while the disk is busy share the next write. */
export class JournalAppends {
  private readonly groups: GroupCommit<ChatDraft, Appended>;
  private readonly codec = chatCodec();
  /** Ids that `find` did not find and that were not appended since, so that `append` need not look for them again. */
  private readonly absent = new Set<string>();
  private sentAt: number;

  constructor(private readonly options: JournalAppendsOptions) {
    this.sentAt = options.sentAt;
    this.groups = new GroupCommit({ write: (drafts) => this.write(drafts), logger: options.logger });
  }

  /** Drafts that wait for their write. */
  get waiting(): number {
    return this.groups.waiting;
  }

  /** Resolves when the entry is on the disk. */
  add(draft: ChatDraft): Promise<Appended> {
    return this.groups.add(draft);
  }

  /** Resolves when the drafts that are being written now are on the disk, or refused. */
  written(): Promise<void> {
    return this.groups.written();
  }

  /** Resolves when no draft waits any more. */
  idle(): Promise<void> {
    return this.groups.idle();
  }

  /** @returns the time of an entry that is written now; no later entry gets a smaller one */
  advance(): number {
    return (this.sentAt = Math.max(this.options.clock.now(), this.sentAt));
  }

  rememberAbsent(id: string): void {
    if (this.absent.size >= MAX_ABSENT) this.absent.clear();
    this.absent.add(id);
  }

  private async write(drafts: readonly ChatDraft[]): Promise<readonly Appended[]> {
    const { journal, ids, unsettled, settler, epoch, onAppended } = this.options;
    const sentAt = this.advance();
    const group = new Map<string, Encoded>();
    const outcomes = drafts.map((draft): Appended => {
      const { id } = draft;
      if (group.has(id) || unsettled.find(id)) return { duplicate: true };
      if (!this.absent.has(id) && ids.has(id)) return { duplicate: true };
      const offset = unsettled.last + group.size + 1;
      const chat: Chat = { ...draft, epoch, offset, sentAt, revision: 0, hidden: false };
      group.set(id, { chat, record: this.codec.encode(chat) });
      return { duplicate: false, chat };
    });
    if (group.size === 0) return outcomes;
    const entries = [...group.values()];
    const records = entries.map(({ record }) => record);
    const last = unsettled.last + entries.length;
    while (!(await this.onDisk(() => journal.write(records, last, unsettled.settled)))) await settler.settle(unsettled.last);
    unsettled.add(entries);
    for (const id of group.keys()) this.absent.delete(id);
    onAppended(entries.map(({ chat }) => chat));
    return outcomes;
  }

  /** After a failed write of the journal the messages may be found there at the next start. */
  private async onDisk<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (cause) {
      throw withStored(unavailable('The data folder cannot be written right now.', 5, cause), 'unknown');
    }
  }
}
