import { Component } from 'preact';
import { useState } from 'preact/hooks';
import { codeOf } from '../api';
import type { Change } from '../state/changes';
import type { Mark } from '../state/marks';
import { usePage, useWords } from '../state/page';
import type { Pending } from '../state/outbox';
import { seenNote, type NoteChanges } from '../state/seen-note';
import type { Note } from '../state/timeline';
import { useStore } from '../state/use-store';
import { sayError, type Words } from '../words/words';
import { AnswersQuestion } from './answering';
import { Badge, OwnBadge } from './badge';
import { Empathies, EmpathyCounts } from './empathies';
import { Icon } from './icons';
import { Erased, NoteText } from './note-text';
import { Phrase } from './phrase';
import { TakenBack } from './taken-back';
import { Ago } from './time';

interface NoteProps {
  readonly note: Note;
  readonly words: Words;
  /** What only the person knows of it. */
  readonly mark: Mark | undefined;
  readonly empathyChange: NoteChanges['empathy'];
  readonly feelingChange: NoteChanges['feeling'];
  readonly takeBack: Change | undefined;
  /** Whether it arrived just now. Then it slides in. */
  readonly fresh: boolean;
  readonly onMore: () => void;
}

/** What an item is made of is replaced, never mutated: it renders again only for another one of these. */
const COMPARED = ['note', 'words', 'mark', 'empathyChange', 'feelingChange', 'takeBack'] as const;

export class NoteItem extends Component<NoteProps> {
  private readonly fresh = this.props.fresh;

  override shouldComponentUpdate(next: NoteProps): boolean {
    return COMPARED.some((name) => next[name] !== this.props[name]);
  }

  render() {
    const { note, words, mark, takeBack, empathyChange, feelingChange, onMore } = this.props;
    const mine = mark?.mine ?? false;
    const seen = seenNote(note, mark, { empathy: empathyChange, feeling: feelingChange });
    const gone = note.hidden || takeBack !== undefined;
    return (
      <li
        id={`note-${note.id}`}
        class={`note ${(!gone && seen.shownEmotion) || 'PLAIN'}${mine ? ' mine' : ''}${this.fresh ? ' fresh' : ''}`}
        tabIndex={-1}
      >
        {note.hidden ? <Erased /> : takeBack ? <TakenBack note={note} dueAt={takeBack.dueAt} /> : <NoteText text={note.text} />}
        <footer>
          {mine && <span class="mark">{words.mine}</span>}
          <span class="author">{note.author}</span>
          <Ago at={note.sentAt} />
          {note.answers && <AnswersQuestion />}
          {!gone &&
            (mine ? (
              <EmpathyCounts counts={seen.counts} />
            ) : (
              <Empathies chatId={note.id} counts={seen.counts} own={seen.ownEmpathy} />
            ))}
          {!gone && (mine ? <OwnBadge {...seen} sentAt={note.sentAt} onChange={onMore} /> : <Badge {...seen} />)}
          {!gone && (
            <button class="more" type="button" aria-label={words['about-note']} onClick={() => this.props.onMore()}>
              <Icon name="more" />
            </button>
          )}
        </footer>
      </li>
    );
  }
}

/** A note is refused with CONFLICT where the room was archived meanwhile. */
const sayNotSent = (words: Words, error: unknown): string =>
  codeOf(error) === 'CONFLICT' ? words['archived-room'] : sayError(words, error);

/** An own note that is waiting, being sent, or was refused. */
export function PendingItem({ entry }: { entry: Pending }) {
  const words = useWords();
  const { outbox, texts, feeling: chosen } = usePage();
  // A note that is sent within 300 ms never says "Sending".
  const [slow, setSlow] = useState(false);
  useState(() => setTimeout(() => setSlow(true), 300));
  const { progress, clientMessageId, text, answers, feeling = null, room } = entry;
  /** Back into the composer, above what stands there. */
  const edit = () => {
    const typed = texts.texts.get().get(room);
    texts.set(room, typed ? `${text}\n${typed}` : text);
    chosen.set(feeling);
    outbox.drop(clientMessageId);
    document.querySelector('textarea')?.focus();
  };
  // The server asked to wait; without this, the note waits for the connection.
  const asked = (useStore(outbox.notBefore).get(room) ?? 0) > Date.now();
  return (
    <li class={`note own ${feeling ?? ''} ${progress.kind}`} tabIndex={-1}>
      <NoteText text={text} />
      <footer>
        <span class="author mark">{words.mine}</span>
        {answers && <AnswersQuestion />}
        {progress.kind === 'sending' && slow && <span>{words.sending}</span>}
        {progress.kind === 'waiting' && slow && <Phrase>{asked ? words['waiting-turn'] : words.waiting}</Phrase>}
        {progress.kind === 'failed' && (
          <>
            <span class="problem" role="alert">
              {words['not-sent']} {sayNotSent(words, progress.error)}
            </span>
            <button class="link" type="button" onClick={edit}>
              {words.edit}
            </button>
            <button class="link" type="button" onClick={() => outbox.retry(clientMessageId)}>
              {words['try-again']}
            </button>
            <button class="link" type="button" onClick={() => outbox.drop(clientMessageId)}>
              {words.discard}
            </button>
          </>
        )}
        <Badge feeling={feeling} shownEmotion={feeling} />
      </footer>
    </li>
  );
}
