import { connectLive } from 'jungle-buzz/client';
import { ask } from './ask';
import { useFragment as unmask, type FragmentType } from './generated';
import { NoteFragmentDoc, RecentDocument, RegisterDocument, SendDocument, WatchRoomDocument } from './generated/graphql';

const LIVE = new URLSearchParams(location.search).get('live') ?? 'ws://localhost:4001/graphql';
type MaskedNote = FragmentType<typeof NoteFragmentDoc> & { cursor: string };

const find = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
const notes = find('notes');
let token: string | undefined;

/** Only this function sees what is in a note: fragment masking keeps the fields that others did not ask for from them. */
function line(masked: MaskedNote): HTMLLIElement {
  const { author, text, dominantEmotion } = unmask(NoteFragmentDoc, masked);
  const item = document.createElement('li');
  item.textContent = `${author}: ${text}${dominantEmotion ? ` (${dominantEmotion.toLowerCase()})` : ''}`;
  return item;
}

/** Loads, listens, and after every interruption goes on where it was. */
connectLive({
  url: LIVE,
  onState: (state) => {
    find('state').textContent = state;
  },
}).watchRoom({
  room: 'main',
  query: WatchRoomDocument,
  load: async () => (await ask(RecentDocument, {})).recentChats,
  onLoaded: (chats) => {
    notes.replaceChildren(...chats.map(line));
  },
  onChats: (chats) => {
    notes.append(...chats.map(line));
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
  await ask(SendDocument, { input: { clientMessageId: crypto.randomUUID(), text: field.value } }, token);
  field.value = '';
});
