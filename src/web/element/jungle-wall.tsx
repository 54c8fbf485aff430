import { render } from 'preact';
import { MAIN_ROOM } from '../../domain/room-title';
import { findEndpoints } from '../endpoints';
import { ReadingRoom } from '../state/reading-room';
import { roomAddress } from '../state/room-address';
import { HALL_WORDS } from '../words/hall';
import styles from './element.css?inline';
import { RoomView } from './room-view';

/** Newest notes that are shown. */
const KEEP = 50;

/**
 * `<jungle-wall room="main" server="https://wall.example" theme="light" lang="en">`: one public room to read, live. Without `server` it
 * is the one that this script came from. Language and theme are those of the browser where they are left out.
 */
class JungleWall extends HTMLElement {
  static readonly observedAttributes = ['room', 'server', 'lang'];
  private room: ReadingRoom | undefined;
  /** Grows with each opening, so that one that is still under way is given up. */
  private turn = 0;

  connectedCallback(): void {
    void this.open();
  }

  disconnectedCallback(): void {
    this.turn++;
    this.room?.close();
    this.room = undefined;
    if (this.shadowRoot) render(null, this.shadowRoot);
  }

  attributeChangedCallback(): void {
    if (!this.isConnected || !this.shadowRoot) return;
    this.disconnectedCallback();
    void this.open();
  }

  private async open(): Promise<void> {
    const turn = ++this.turn;
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    // A <style> would need the permission of the page's content security policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    shadow.adoptedStyleSheets = [sheet];
    const id = this.getAttribute('room') ?? MAIN_ROOM;
    const server = this.getAttribute('server') ?? import.meta.url;
    const locale = (this.lang || navigator.language).startsWith('ko') ? 'ko' : 'en';
    const words = HALL_WORDS[locale];
    const status = document.createElement('div');
    shadow.replaceChildren(status);
    const endpoints = await findEndpoints(status, words.unreachable, server);
    if (turn !== this.turn) return;
    status.remove();
    const room = new ReadingRoom({ room: id, endpoints, token: null, isScreen: false, keep: KEEP });
    this.room = room;
    render(<RoomView {...{ room, id, locale, words }} address={roomAddress(endpoints.http, id, server)} />, shadow);
  }
}

if (!customElements.get('jungle-wall')) customElements.define('jungle-wall', JungleWall);
