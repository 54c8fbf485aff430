import { retryMs } from './backoff';
import type { Link } from './link';
import type { Watch } from './types';

/** A subscription that is simply taken up again. */
export class Watcher<TData, TVariables extends object> {
  private undo: (() => void) | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;

  constructor(private readonly watch: Watch<TData, TVariables>) {}

  up(link: Link, settled: () => void): void {
    this.undo = link.subscribe(
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
          else this.retry = setTimeout(() => this.up(link, settled), wait);
        },
      },
    );
    settled();
  }

  down(): void {
    clearTimeout(this.retry);
    this.undo = undefined;
  }

  close(): void {
    clearTimeout(this.retry);
    this.undo?.();
  }
}
