/**
 * The async generator that graphql-ws gets for a subscription. It yields nothing, because the hub writes events to the socket
 * itself. graphql-ws uses it to track the subscription: it calls `return` on the client's `complete` and when the socket closes, and
 * sends an `error` message when the generator rejects.
 */
export class SubscriptionHandle implements AsyncGenerator<never, void, void> {
  private pending: { resolve: (result: IteratorResult<never, void>) => void; reject: (error: unknown) => void } | undefined;
  private outcome: { readonly error?: unknown } | undefined;

  /** @param onEnd called once when the subscription ends, for whatever reason */
  constructor(private readonly onEnd: () => void) {}

  get ended(): boolean {
    return this.outcome !== undefined;
  }

  next(): Promise<IteratorResult<never, void>> {
    if (!this.outcome) {
      return new Promise((resolve, reject) => {
        this.pending = { resolve, reject };
      });
    }
    const { error } = this.outcome;
    this.outcome = {};
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on unchanged
    return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error);
  }

  return(): Promise<IteratorResult<never, void>> {
    if (!this.outcome) {
      this.outcome = {};
      this.onEnd();
      this.pending?.resolve({ done: true, value: undefined });
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<IteratorResult<never, void>> {
    this.fail(error);
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Ends the subscription with an `error` message for its id. */
  fail(error: unknown): void {
    if (this.outcome) return;
    this.outcome = this.pending ? {} : { error };
    this.onEnd();
    this.pending?.reject(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
