import WebSocket from 'ws';

export interface Activity {
  readonly kind: string;
  readonly author: string | null;
}

const QUERY = 'subscription ($room: ID!) { roomActivity(room: $room) { kind author } }';

/** A socket with a session that follows who is in a room. */
export class RoomWatcher {
  readonly events: Activity[] = [];
  closeCode: number | undefined;
  private readonly socket: WebSocket;

  constructor({ wsUrl }: { readonly wsUrl: string }, room: string, token: string) {
    this.socket = new WebSocket(wsUrl, 'graphql-transport-ws');
    this.socket.on('open', () => {
      this.write({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    });
    this.socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(data.toString()) as { type: string; payload?: { data: { roomActivity: Activity } } };
      if (type === 'connection_ack') this.write({ id: '1', type: 'subscribe', payload: { query: QUERY, variables: { room } } });
      else if (type === 'next' && payload) this.events.push(payload.data.roomActivity);
      else if (type === 'ping') this.write({ type: 'pong' });
    });
    this.socket.on('close', (code) => {
      this.closeCode = code;
    });
    this.socket.on('error', () => undefined);
  }

  saw(kind: string, author: string): boolean {
    return this.events.some((event) => event.kind === kind && event.author === author);
  }

  stop(): void {
    this.socket.terminate();
  }

  private write(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }
}
