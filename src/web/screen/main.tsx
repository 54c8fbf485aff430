import { render } from 'preact';
import { findEndpoints } from '../endpoints';
import { presentationOf } from '../state/presentation';
import { ReadingRoom } from '../state/reading-room';
import { roomAddress } from '../state/room-address';
import { HALL_WORDS } from '../words/hall';
import { Screen } from './screen';

/** Most leaves of the jungle, and more notes than fit the board. */
const KEEP = 100;

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
  const room = new ReadingRoom({ room: id, endpoints, keep: KEEP });
  render(<Screen room={room} id={id} address={roomAddress(endpoints.http, id)} words={words} />, root);
}

void open();
