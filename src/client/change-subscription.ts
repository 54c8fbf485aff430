import { backoffMs, retryMs } from './backoff';
import type { Reconnector } from './reconnector';
import type { RoomWatch } from './types';

type Changes<TChat> = Required<Pick<RoomWatch<TChat & { readonly cursor: string }>, 'changes'>> & {
  readonly room: string;
  readonly load: () => Promise<{ readonly items: readonly TChat[] }>;
  readonly onError?: RoomWatch<TChat & { readonly cursor: string }>['onError'];
};

/**
 * Follows chatChanged of a room. Events of a broken connection are lost, so after a reconnect the newest messages are loaded again.
 */
export class ChangeSubscription<TChat extends { readonly cursor: string }> {
  private unsubscribe: (() => void) | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  /** Grows with every interruption. Callbacks of an earlier generation are ignored. */
  private generation = 0;

  constructor(
    private readonly watch: Changes<TChat>,
    private readonly deliver: (chats: readonly TChat[]) => void,
  ) {}

  connected(connection: Reconnector): void {
    const { generation } = this;
    this.unsubscribe = connection.subscribe(
      String(this.watch.changes),
      { room: this.watch.room },
      {
        next: (data) => {
          this.attempt = 0;
          this.deliver([(data as { chatChanged: TChat }).chatChanged]);
        },
        error: (errors) => {
          if (generation !== this.generation) return;
          const wait = retryMs(errors, this.attempt++);
          if (wait === undefined) this.watch.onError?.(errors);
          else {
            this.retry = setTimeout(() => {
              this.connected(connection);
              this.loadAgain();
            }, wait);
          }
        },
      },
    );
  }

  /** Loads the newest messages again, until it succeeds or the connection is lost. */
  loadAgain(attempt = 0): void {
    const { generation } = this;
    this.watch.load().then(
      ({ items }) => {
        if (generation === this.generation) this.deliver(items);
      },
      () => {
        if (generation !== this.generation) return;
        this.retry = setTimeout(() => {
          this.loadAgain(attempt + 1);
        }, backoffMs(attempt));
      },
    );
  }

  disconnected(): void {
    this.generation++;
    clearTimeout(this.retry);
    this.unsubscribe = undefined;
  }

  close(): void {
    this.unsubscribe?.();
    this.disconnected();
  }
}
