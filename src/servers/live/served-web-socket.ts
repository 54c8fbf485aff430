import { WebSocket, type RawData } from 'ws';

/** What happens to a socket. */
export interface SocketListener {
  received(data: RawData): void;
  pinged(): void;
  ponged(): void;
  failed(err: Error): void;
  closed(code: number, reason: string): void;
}

/** A WebSocket with one listener for all events. The functions are shared by all sockets: closures would take 500 bytes for each. */
export class ServedWebSocket extends WebSocket {
  listener: SocketListener | undefined;

  listenWith(listener: SocketListener): void {
    this.listener = listener;
    this.on('message', onMessage);
    this.on('ping', onPing);
    this.on('pong', onPong);
    this.on('error', onError);
    this.on('close', onClose);
  }
}

const listenerOf = (ws: WebSocket): SocketListener | undefined => (ws as ServedWebSocket).listener;

function onMessage(this: WebSocket, data: RawData): void {
  listenerOf(this)?.received(data);
}

function onPing(this: WebSocket): void {
  listenerOf(this)?.pinged();
}

function onPong(this: WebSocket): void {
  listenerOf(this)?.ponged();
}

function onError(this: WebSocket, err: Error): void {
  listenerOf(this)?.failed(err);
}

function onClose(this: WebSocket, code: number, reason: Buffer): void {
  listenerOf(this)?.closed(code, String(reason));
}
