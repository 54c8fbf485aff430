import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { connectLive, type LiveState } from '../client';
import { ApiError, ask, loginOf, refreshLogin, storedLogin, storeLogin, type Login } from './api';
import { loadEndpoints, type Endpoints } from './endpoints';
import {
  LoginDocument,
  LogoutDocument,
  RecentDocument,
  RegisterDocument,
  SendDocument,
  type NoteFieldsFragment,
} from './generated/graphql';
import { LOCALE, words } from './words';

/** What the page keeps; older notes are in the history. */
const MAX_NOTES = 200;

const say = (error: unknown): string =>
  error instanceof ApiError && error.code in words ? words[error.code as keyof typeof words] : words.failed;

function Note({ note }: { note: NoteFieldsFragment }) {
  const time = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'short' }).format(new Date(note.sentAt));
  return (
    <li class={`note ${note.dominantEmotion ?? 'PLAIN'}`}>
      <p dir="auto">{note.text}</p>
      <small>
        {note.author} · <time dateTime={note.sentAt}>{time}</time>
        {note.dominantEmotion && ` · ${words[note.dominantEmotion]}`}
      </small>
    </li>
  );
}

function AccountForm({ url, onLogin }: { url: string; onLogin: (login: Login) => void }) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const enter = async (how: 'login' | 'register') => {
    try {
      const input = { username, password };
      const payload =
        how === 'login' ? (await ask(url, LoginDocument, input)).login : (await ask(url, RegisterDocument, input)).register;
      onLogin(loginOf(payload));
    } catch (error) {
      setProblem(say(error));
    }
  };
  return (
    <form
      class="account"
      onSubmit={(event) => {
        event.preventDefault();
        void enter('login');
      }}
    >
      <label>
        {words.username}
        <input
          autocomplete="username"
          value={username}
          onInput={(event) => {
            setUsername(event.currentTarget.value);
          }}
        />
      </label>
      <label>
        {words.password}
        <input
          type="password"
          autocomplete="current-password"
          value={password}
          onInput={(event) => {
            setPassword(event.currentTarget.value);
          }}
        />
      </label>
      <button type="submit">{words.logIn}</button>
      <button type="button" onClick={() => void enter('register')}>
        {words.signUp}
      </button>
      <p role="alert">{problem}</p>
    </form>
  );
}

function Composer({ onSend }: { onSend: (clientMessageId: string, text: string) => Promise<void> }) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  // Kept until the message is in: trying again sends the same message, not another one.
  const [messageId, setMessageId] = useState(() => crypto.randomUUID());
  const send = async () => {
    if (text.trim() === '') return;
    try {
      await onSend(messageId, text);
      setText('');
      setMessageId(crypto.randomUUID());
      setProblem('');
    } catch (error) {
      setProblem(say(error));
    }
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <input
        aria-label={words.write}
        placeholder={words.write}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setMessageId(crypto.randomUUID());
        }}
      />
      <button type="submit">{words.send}</button>
      <p role="alert">{problem}</p>
    </form>
  );
}

function Wall({ http, ws }: Endpoints) {
  const [notes, setNotes] = useState<readonly NoteFieldsFragment[]>([]);
  const [state, setState] = useState<LiveState>('connecting');
  const [login, setLogin] = useState<Login | null>(storedLogin);
  const end = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const live = connectLive({ url: ws, onState: setState });
    live.watchRoom<NoteFieldsFragment>({
      room: 'main',
      fields: 'id author text sentAt dominantEmotion',
      load: async () => (await ask(http, RecentDocument, {})).recentChats,
      onLoaded: setNotes,
      onChats: (chats) => {
        setNotes((before) => [...before, ...chats].slice(-MAX_NOTES));
      },
    });
    return () => {
      live.close();
    };
  }, [http, ws]);
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [notes]);

  const keep = (next: Login | null) => {
    storeLogin(next);
    setLogin(next);
  };
  const send = async (clientMessageId: string, text: string) => {
    const attempt = (token: string | undefined) => ask(http, SendDocument, { clientMessageId, text }, token);
    try {
      await attempt(storedLogin()?.accessToken);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'UNAUTHENTICATED') throw error;
      const next = await refreshLogin(http);
      setLogin(next);
      if (!next) throw error;
      await attempt(next.accessToken);
    }
  };
  return (
    <>
      <header>
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <p class={`state ${state}`} role="status">
          {words[state]}
        </p>
      </header>
      <main>
        {notes.length === 0 && <p class="empty">{words.empty}</p>}
        <ol>
          {notes.map((note) => (
            <Note key={note.id} note={note} />
          ))}
        </ol>
        <div ref={end} />
      </main>
      <footer>
        {login ? (
          <>
            <Composer onSend={send} />
            <button
              class="quiet"
              type="button"
              onClick={() => {
                void ask(http, LogoutDocument, {}, login.accessToken).catch(() => undefined);
                keep(null);
              }}
            >
              {login.username} · {words.logOut}
            </button>
          </>
        ) : (
          <AccountForm url={http} onLogin={keep} />
        )}
      </footer>
    </>
  );
}

async function open(): Promise<void> {
  document.documentElement.lang = LOCALE;
  const root = document.getElementById('app');
  if (root) render(<Wall {...await loadEndpoints()} />, root);
}

void open();
