import { useEffect, useRef, useState } from 'preact/hooks';
import { TypingDocument } from '../generated/graphql';
import { usePage, useWords, type RoomInfo } from '../state/page';
import type { RoomFeed } from '../state/room-feed';
import { useStore } from '../state/use-store';
import { fill, type Words } from '../words/words';
import { FeelingPicker } from './feeling-picker';
import { Icon } from './icons';
import { Answering, useAnswering } from './answering';
import { Phrase } from './phrase';
import { useRoomInfo } from './room-info';
import { useSecondsUntil } from './time';

const MAX_CHARACTERS = 1_000;
/** With so many characters left or fewer, their number is shown. */
const NEARLY = 100;
/** `keyCode` of keys that an input method handles. */
const KEY_OF_INPUT_METHOD = 229;
/** The server forgets a typing person after five seconds. */
const REPORT_TYPING_MS = 3_000;

export function Composer({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const { outbox, texts, feeling, session, askForAccount } = usePage();
  const login = useStore(session.login);
  const cutOff = useStore(session.cutOff);
  const room = useRoomInfo(feed);
  const text = useStore(texts.texts).get(feed.room) ?? '';
  const { answered, setAnswered } = useAnswering(feed.room);
  const setText = (next: string) => texts.set(feed.room, next);
  const chosen = useStore(feeling);
  const alias = useStore(feed.authorName);
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const wait = useSecondsUntil(useStore(outbox.notBefore).get(feed.room) ?? 0);
  const setTyping = useTyping(feed, login !== null);
  const left = MAX_CHARACTERS - lengthOf(text);

  useEffect(() => focusByKey(field.current), []);
  // It belongs to one note in one room.
  useEffect(() => () => feeling.set(null), []);

  const send = () => {
    if (text.trim() === '' || left < 0 || wait > 0) return;
    // Not from the render before: after the dialog for readers this goes on by itself.
    const writer = session.login.get();
    if (!writer) {
      askForAccount('write', send);
      return;
    }
    if (!outbox.add(feed.room, text.trim(), writer.username, { answers: answered?.id ?? null, feeling: chosen })) {
      setProblem(words['outbox-full']);
      return;
    }
    setTyping(false);
    setText('');
    setAnswered(null);
    feeling.set(null);
    setProblem('');
    feed.toNewest();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
        field.current?.focus();
      }}
    >
      <Typing feed={feed} />
      {answered && <Answering question={answered} onCancel={() => setAnswered(null)} />}
      <FeelingPicker label={words['how-you-feel']} value={chosen} onChange={feeling.set} />
      <div class="row">
        <textarea
          ref={field}
          rows={1}
          aria-label={words.write}
          placeholder={words.write}
          value={text}
          enterkeyhint="send"
          onInput={(event) => {
            setText(event.currentTarget.value);
            setTyping(event.currentTarget.value.trim() !== '');
          }}
          onBlur={() => setTyping(false)}
          onKeyDown={(event) => {
            // Enter also ends a syllable that is being composed. Safari reports that key after the composition has ended.
            // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells it apart there
            const composing = event.isComposing || event.keyCode === KEY_OF_INPUT_METHOD;
            if (event.key !== 'Enter' || event.shiftKey || composing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" disabled={wait > 0 || left < 0}>
          <Icon name="send" />
          <Phrase>{wait > 0 ? fill(words['slow-down'], { n: wait }) : words.send}</Phrase>
        </button>
      </div>
      <p class={left < 0 ? 'problem' : 'quiet'} role={left < 0 || problem || cutOff ? 'alert' : undefined}>
        <Phrase>
          {left < 0
            ? fill(words['too-long'], { n: -left })
            : problem ||
              (cutOff && words['cut-off']) ||
              (left < NEARLY && fill(words.left, { n: left })) ||
              (room ? nameHint(words, room, alias) : '')}
        </Phrase>
      </p>
    </form>
  );
}

/** Under which name the next note will appear. */
function nameHint(words: Words, { anonymous }: RoomInfo, name: string | null): string {
  if (!anonymous) return words.named;
  return name === null ? words.anonymous : fill(words['own-alias'], { name });
}

/** As the server counts them: composed, without white space at the ends. */
const lengthOf = (text: string): number => [...text.trim().normalize('NFC')].length;

/** Keys that move the focus to the composer from outside of other fields. ㅜ is the key of `n` with a Hangul keyboard. */
const KEYS = new Set(['/', 'n', 'ㅜ']);

function focusByKey(field: HTMLTextAreaElement | null): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !KEYS.has(event.key)) return;
    if (target instanceof Element && target.closest('input, textarea, select, dialog')) return;
    event.preventDefault();
    field?.focus();
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

function useTyping(feed: RoomFeed, loggedIn: boolean): (typing: boolean) => void {
  const { session } = usePage();
  /** When the server was last told that the person is typing; 0 if they are not. */
  const reportedAt = useRef(0);
  return (typing) => {
    if (!loggedIn || (typing ? Date.now() - reportedAt.current < REPORT_TYPING_MS : reportedAt.current === 0)) return;
    reportedAt.current = typing ? Date.now() : 0;
    feed.typedMyself();
    // The note does not depend on it.
    void session.run(TypingDocument, { room: feed.room, typing }).catch(() => undefined);
  };
}

function Typing({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const writers = useStore(feed.typing);
  return (
    <p class="typing quiet">
      <Phrase>
        {writers.length > 1
          ? fill(words['typing-many'], { n: writers.length })
          : writers.map((name) => fill(words['typing-one'], { name })).join('')}
      </Phrase>
    </p>
  );
}
