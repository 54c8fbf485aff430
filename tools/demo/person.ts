import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';

const LISTEN = 'subscription($room: ID!) { newChat(room: $room) { id } }';
const ACTIVITY = 'subscription($room: ID!) { roomActivity(room: $room) { online } }';
const SEND = 'mutation($input: SendChatInput!) { sendChat(input: $input) { id } }';
const TAKE_BACK = 'mutation($id: ID!) { takeBack(id: $id) { id } }';
const TYPING = 'mutation($room: ID!, $typing: Boolean!) { setTyping(room: $room, typing: $typing) }';
const AUTH = 'accessToken user { username }';
const REGISTER = `mutation($input: RegisterInput!) { register(input: $input) { ${AUTH} } }`;
const CREATE_ROOM = 'mutation($input: CreateRoomInput!) { createRoom(input: $input) { id } }';

/** A simulated person who uses the public API. */
export class SimulatedPerson {
  private socket: Client | undefined;
  private token = '';
  private sent = 0;

  constructor(
    readonly username: string,
    private readonly urls: { readonly http: string; readonly ws: string },
  ) {}

  async register(): Promise<this> {
    const input = { username: this.username, password: 'demo-password-1' };
    const { register } = (await this.ask(REGISTER, { input })) as { register: { accessToken: string } };
    this.token = register.accessToken;
    return this;
  }

  async createRoom(id: string, title: string): Promise<void> {
    await this.ask(CREATE_ROOM, { input: { id, title, anonymous: true } });
  }

  get isConnected(): boolean {
    return this.socket !== undefined;
  }

  connect(room: string): void {
    const socket = createClient({
      url: this.urls.ws,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}` },
    });
    const ignore = { next: () => undefined, error: () => undefined, complete: () => undefined };
    for (const query of [LISTEN, ACTIVITY]) socket.subscribe({ query, variables: { room } }, ignore);
    this.socket = socket;
  }

  disconnect(): void {
    void this.socket?.dispose();
    this.socket = undefined;
  }

  async type(room: string, typing: boolean): Promise<void> {
    await this.ask(TYPING, { room, typing });
  }

  /** @returns id of the note */
  async say(room: string, text: string): Promise<string> {
    const input = { clientMessageId: `${this.username}-${++this.sent}`, room, text };
    return ((await this.ask(SEND, { input })) as { sendChat: { id: string } }).sendChat.id;
  }

  async takeBack(id: string): Promise<void> {
    await this.ask(TAKE_BACK, { id });
  }

  private async ask(query: string, variables: Record<string, unknown>): Promise<unknown> {
    const response = await fetch(this.urls.http, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(this.token && { authorization: `Bearer ${this.token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: { message: string }[] };
    if (errors?.[0]) throw new Error(errors[0].message);
    return data;
  }
}
