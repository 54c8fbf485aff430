import { useEffect, useRef, useState } from 'preact/hooks';
import { TypingDocument } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import type { RoomFeed } from '../state/room-feed';
import { useStore } from '../state/use-store';
import { fill } from '../words/words';
import { Icon } from './icons';

const MAX_CHARACTERS = 1_000;
/** From here on it says how many are left. */
const NEARLY = 100;
/** The server forgets a writer after five seconds. */
const STILL_TYPING_MS = 3_000;

export function Composer({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const { outbox, texts, session, dialog, rooms } = usePage();
  const login = useStore(session.login);
  const cutOff = useStore(session.cutOff);
  const room = useStore(rooms).find(({ id }) => id === feed.room);
  const text = useStore(texts.texts).get(feed.room) ?? '';
  const setText = (next: string) => texts.set(feed.room, next);
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const wait = useSecondsUntil(useStore(outbox.notBefore).get(feed.room) ?? 0);
  const tell = useTyping(feed, login !== null);
  const left = MAX_CHARACTERS - [...text.trim()].length;

  useEffect(() => focusByKey(field.current), []);

  const send = () => {
    if (text.trim() === '' || left < 0 || wait > 0) return;
    if (!login) {
      dialog.set({ form: 'log-in', why: 'write' });
      return;
    }
    if (!outbox.add(feed.room, text.trim(), login.username)) {
      setProblem(words['outbox-full']);
      return;
    }
    tell(false);
    setText('');
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
            tell(event.currentTarget.value.trim() !== '');
          }}
          onBlur={() => tell(false)}
          onKeyDown={(event) => {
            // Enter also ends a syllable that is being composed.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" disabled={wait > 0 || left < 0}>
          <Icon name="send" />
          {wait > 0 ? fill(words['slow-down'], { n: wait }) : words.send}
        </button>
      </div>
      <p class={left < 0 ? 'problem' : 'quiet'} role={left < 0 || problem || cutOff ? 'alert' : undefined}>
        {left < 0
          ? fill(words['too-long'], { n: -left })
          : problem ||
            (cutOff && words['cut-off']) ||
            (left < NEARLY && fill(words.left, { n: left })) ||
            (room && (room.anonymous ? words.anonymous : words.named))}
      </p>
    </form>
  );
}

/** These lead to the field from anywhere that is no field itself; the last is the key of `n` while Hangul is on. */
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
  const told = useRef(0);
  return (typing) => {
    if (!loggedIn || (typing ? Date.now() - told.current < STILL_TYPING_MS : told.current === 0)) return;
    told.current = typing ? Date.now() : 0;
    feed.typedMyself();
    // Nobody misses it.
    void session.run(TypingDocument, { room: feed.room, typing }).catch(() => undefined);
  };
}

function useSecondsUntil(time: number): number {
  const [, tick] = useState(0);
  const seconds = Math.max(0, Math.ceil((time - Date.now()) / 1_000));
  useEffect(() => {
    if (seconds === 0) return;
    const timer = setTimeout(() => tick((n) => n + 1), 500);
    return () => clearTimeout(timer);
  });
  return seconds;
}

function Typing({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const writers = useStore(feed.typing);
  return (
    <p class="typing quiet">
      {writers.length === 1 && fill(words['typing-one'], { name: writers[0] ?? '' })}
      {writers.length > 1 && fill(words['typing-many'], { n: writers.length })}
    </p>
  );
}
