import { shownEmotion, type Chat } from '../../domain/chat';
import { HOUR_MS } from '../mood/mood';
import { isRelief, SIGNALS, signalsOf, type Signal } from '../letter/signals';
import { CROWD } from './crowd';

interface Counted {
  readonly notes: number;
  /** Counted up to three. */
  readonly accounts: number;
}

/** What the notes of a window add up to, besides their mood. */
export interface NoteStatistics {
  /** Up to three accounts that wrote, by the start of each whole hour (UTC) with notes. */
  readonly writersByHour: ReadonlyMap<number, ReadonlySet<string>>;
  readonly signals: Readonly<Record<Signal, Counted>>;
  /** Accounts that wrote of a worry and later of relief. */
  readonly relieved: number;
}

/** Counts the notes of a window in one pass, in log order. */
export class NoteCounter {
  private readonly writersByHour = new Map<number, Set<string>>();
  private readonly signals = SIGNALS.map(() => ({ notes: 0, accounts: new Set<string>() }));
  private readonly worried = new Set<string>();
  private readonly relieved = new Set<string>();

  add(chat: Chat): void {
    const { text, authorId, sentAt } = chat;
    const emotion = shownEmotion(chat);
    const hour = Math.floor(sentAt / HOUR_MS) * HOUR_MS;
    let writers = this.writersByHour.get(hour);
    if (!writers) this.writersByHour.set(hour, (writers = new Set()));
    addUpTo(writers, authorId);
    for (const signal of signalsOf(text)) {
      const counted = this.signals[SIGNALS.indexOf(signal)];
      if (!counted) continue;
      counted.notes++;
      addUpTo(counted.accounts, authorId);
    }
    if (emotion === 'ANXIETY') this.worried.add(authorId);
    else if (this.worried.has(authorId) && (emotion === 'CALM' || emotion === 'JOY' || isRelief(text))) {
      this.relieved.add(authorId);
    }
  }

  statistics(): NoteStatistics {
    const counted = (signal: Signal): Counted => {
      const { notes = 0, accounts = new Set() } = this.signals[SIGNALS.indexOf(signal)] ?? {};
      return { notes, accounts: accounts.size };
    };
    return {
      writersByHour: this.writersByHour,
      signals: {
        thanks: counted('thanks'),
        laughter: counted('laughter'),
        congratulations: counted('congratulations'),
        encouragement: counted('encouragement'),
      },
      relieved: this.relieved.size,
    };
  }
}

function addUpTo(accounts: Set<string>, authorId: string): void {
  if (accounts.size < CROWD) accounts.add(authorId);
}
