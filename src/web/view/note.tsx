import { Component } from 'preact';
import { useState } from 'preact/hooks';
import { unmask, type FragmentType } from '../generated/fragment-masking';
import { NoteFieldsFragmentDoc } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import type { Pending } from '../state/outbox';
import { useStore } from '../state/use-store';
import { sayError, type Words } from '../words/words';
import { AnswersQuestion } from './answering';
import { Feeling, Icon } from './icons';
import { NoteText } from './note-text';
import { Phrase } from './phrase';
import { Ago } from './time';

interface NoteProps {
  readonly note: FragmentType<typeof NoteFieldsFragmentDoc>;
  readonly words: Words;
  /** Whether it arrived just now. Then it slides in. */
  readonly fresh: boolean;
  readonly onMore: () => void;
}

/** Notes are immutable: an item renders again only if its note or the language changes. */
export class NoteItem extends Component<NoteProps> {
  private readonly fresh = this.props.fresh;

  override shouldComponentUpdate(next: NoteProps): boolean {
    return next.note !== this.props.note || next.words !== this.props.words;
  }

  render() {
    const { words } = this.props;
    const note = unmask(NoteFieldsFragmentDoc, this.props.note);
    return (
      <li id={`note-${note.id}`} class={`note ${note.dominantEmotion ?? 'PLAIN'}${this.fresh ? ' fresh' : ''}`} tabIndex={-1}>
        {note.hidden ? (
          <p>
            <em>{words.hidden}</em>
          </p>
        ) : (
          <NoteText text={note.text} />
        )}
        <footer>
          <span class="author">{note.author}</span>
          <Ago at={note.sentAt} />
          {note.answers && <AnswersQuestion />}
          {note.dominantEmotion && <Feeling emotion={note.dominantEmotion} word={words[note.dominantEmotion]} />}
          {!note.hidden && (
            <button class="more" type="button" aria-label={words['about-note']} onClick={() => this.props.onMore()}>
              <Icon name="more" />
            </button>
          )}
        </footer>
      </li>
    );
  }
}

/** An own note that is waiting, being sent, or was refused. */
export function PendingItem({ entry }: { entry: Pending }) {
  const words = useWords();
  const { outbox, texts } = usePage();
  // A note that is sent within 300 ms never says "Sending".
  const [slow, setSlow] = useState(false);
  useState(() => setTimeout(() => setSlow(true), 300));
  const { progress, clientMessageId, text, answers, room } = entry;
  /** Back into the composer, above what stands there. */
  const edit = () => {
    const typed = texts.texts.get().get(room);
    texts.set(room, typed ? `${text}\n${typed}` : text);
    outbox.drop(clientMessageId);
    document.querySelector('textarea')?.focus();
  };
  // The server asked to wait; without this, the note waits for the connection.
  const asked = (useStore(outbox.notBefore).get(room) ?? 0) > Date.now();
  return (
    <li class={`note own ${progress.kind}`} tabIndex={-1}>
      <NoteText text={text} />
      <footer>
        <span class="author">{words.mine}</span>
        {answers && <AnswersQuestion />}
        {progress.kind === 'sending' && slow && <span>{words.sending}</span>}
        {progress.kind === 'waiting' && slow && <Phrase>{asked ? words['waiting-turn'] : words.waiting}</Phrase>}
        {progress.kind === 'failed' && (
          <>
            <span class="problem" role="alert">
              {words['not-sent']} {sayError(words, progress.error)}
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
      </footer>
    </li>
  );
}
