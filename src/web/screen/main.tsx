import { render } from 'preact';
import { findEndpoints } from '../endpoints';
import { openStorage } from '../state/browser-storage';
import { presentationOf } from '../state/presentation';
import { ReadingRoom } from '../state/reading-room';
import { roomAddress } from '../state/room-address';
import { HALL_WORDS } from '../words/hall';
import { Screen } from './screen';

/** Most leaves of the jungle, and more notes than fit the board. */
const KEEP = 100;
const TOKEN = 'jungle-buzz.screen';

/** /rooms/ID/screen: a room on the big screen of a hall. It uses no account. */
async function open(): Promise<void> {
  const root = document.getElementById('app');
  const [, id = ''] = /^\/rooms\/([^/]+)\/screen/.exec(location.pathname) ?? [];
  if (!root) return;
  const { locale, theme } = presentationOf(new URLSearchParams(location.search));
  document.documentElement.lang = locale;
  document.documentElement.dataset['theme'] = theme;
  const words = HALL_WORDS[locale];
  const endpoints = await findEndpoints(root, words.unreachable);
  const room = new ReadingRoom({ room: id, endpoints, token: takeToken(), isScreen: true, keep: KEEP });
  render(<Screen room={room} id={id} address={roomAddress(endpoints.http, id)} locale={locale} words={words} />, root);
}

/** The token of a private room's link. It is taken out of the address, and kept for this tab, so that it survives a reload. */
function takeToken(): string | null {
  const storage = openStorage(() => sessionStorage);
  const token = location.hash.slice(1);
  if (token === '') return storage.getItem(TOKEN);
  history.replaceState(null, '', location.pathname + location.search);
  storage.setItem(TOKEN, token);
  return token;
}

void open();
