import { retryMs } from './backoff';
import type { Reconnector } from './reconnector';
import type { Watch } from './types';

/** A subscription that is made again after each reconnect. Events of the time in between are not delivered. */
export class SimpleSubscription<TData, TVariables extends object> {
  private unsubscribe: (() => void) | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;

  constructor(private readonly watch: Watch<TData, TVariables>) {}

  connected(connection: Reconnector, caughtUp: () => void): void {
    this.unsubscribe = connection.subscribe(
      String(this.watch.query),
      { ...this.watch.variables },
      {
        next: (data) => {
          this.attempt = 0;
          this.watch.onData(data as TData);
        },
        error: (errors) => {
          const wait = retryMs(errors, this.attempt++);
          if (wait === undefined) this.watch.onError?.(errors);
          else this.retry = setTimeout(() => this.connected(connection, caughtUp), wait);
        },
      },
    );
    caughtUp();
  }

  disconnected(): void {
    clearTimeout(this.retry);
    this.unsubscribe = undefined;
  }

  close(): void {
    clearTimeout(this.retry);
    this.unsubscribe?.();
  }
}
