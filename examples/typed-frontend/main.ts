import { connectLive } from 'jungle-buzz/client';
import { ask } from './ask';
import { useFragment as unmask, type FragmentType } from './generated';
import {
  Emotion,
  FollowChangesDocument,
  NoteFragmentDoc,
  RecentDocument,
  RegisterDocument,
  SendDocument,
  WatchRoomDocument,
} from './generated/graphql';

const LIVE = new URLSearchParams(location.search).get('live') ?? 'ws://localhost:4001/graphql';
type MaskedNote = FragmentType<typeof NoteFragmentDoc> & { cursor: string };

const find = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
const notes = find('notes');
const feeling = find('feeling') as HTMLSelectElement;
feeling.append(...Object.values(Emotion).map((emotion) => new Option(emotion.toLowerCase(), emotion)));
let token: string | undefined;

/** Only this function sees what is in a note: fragment masking keeps the fields that others did not ask for from them. */
function line(masked: MaskedNote): HTMLLIElement {
  const { id, author, text, hidden, shownEmotion, empathies } = unmask(NoteFragmentDoc, masked);
  const item = document.createElement('li');
  item.id = `note-${id}`;
  const pressed = empathies.filter(({ count }) => count > 0).map(({ empathy, count }) => `${empathy} ${count}`);
  const details = [...(shownEmotion ? [shownEmotion] : []), ...pressed].join(', ').toLowerCase();
  item.textContent = `${author}: ${hidden ? 'removed' : text}${details && ` (${details})`}`;
  return item;
}

/** Loads, listens, follows changes, and after every interruption goes on where it was. */
connectLive({
  url: LIVE,
  onState: (state) => {
    find('state').textContent = state;
  },
}).watchRoom({
  room: 'main',
  query: WatchRoomDocument,
  changes: FollowChangesDocument,
  load: async () => (await ask(RecentDocument, {})).recentChats,
  onLoaded: (chats) => {
    notes.replaceChildren(...chats.map(line));
  },
  onChats: (chats) => {
    notes.append(...chats.map(line));
  },
  onChanged: (chats) => {
    for (const item of chats.map(line)) document.getElementById(item.id)?.replaceWith(item);
  },
});

/** What a form does when it is sent; a refusal is shown in the server's words. */
function onSubmit(id: string, act: (field: HTMLInputElement) => Promise<void>): void {
  const form = find(id);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    find('problem').textContent = '';
    act(form.querySelector('input') as HTMLInputElement).catch((error: unknown) => {
      find('problem').textContent = String(error);
    });
  });
}

onSubmit('join', async ({ value: username }) => {
  const { register } = await ask(RegisterDocument, { input: { username, password: `${crypto.randomUUID()}-1` } });
  token = register.accessToken;
  find('join').hidden = true;
  find('send').hidden = false;
});

onSubmit('send', async (field) => {
  const felt = Object.values(Emotion).find((emotion) => emotion === feeling.value);
  await ask(SendDocument, { input: { clientMessageId: crypto.randomUUID(), text: field.value, feeling: felt } }, token);
  field.value = '';
  feeling.value = '';
});
