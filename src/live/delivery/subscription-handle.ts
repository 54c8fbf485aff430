/**
 * The async generator that a subscription hands to graphql-ws. It yields nothing, because the hub writes to the socket itself; it is
 * there for the protocol's bookkeeping: `return` is the client's `complete` or the end of the socket, `fail` becomes an
 * `error` message.
 */
export class SubscriptionHandle implements AsyncGenerator<never, void, void> {
  private settle: { resolve: (result: IteratorResult<never, void>) => void; reject: (error: unknown) => void } | undefined;
  private outcome: { readonly error?: unknown } | undefined;

  /** @param onEnd called once, when it is over in whatever way */
  constructor(private readonly onEnd: () => void) {}

  get over(): boolean {
    return this.outcome !== undefined;
  }

  next(): Promise<IteratorResult<never, void>> {
    if (!this.outcome) {
      return new Promise((resolve, reject) => {
        this.settle = { resolve, reject };
      });
    }
    const { error } = this.outcome;
    this.outcome = {};
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- handed through as it came
    return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error);
  }

  return(): Promise<IteratorResult<never, void>> {
    if (!this.outcome) {
      this.outcome = {};
      this.onEnd();
      this.settle?.resolve({ done: true, value: undefined });
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<IteratorResult<never, void>> {
    this.fail(error);
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Ends the subscription with an error for its id. */
  fail(error: unknown): void {
    if (this.outcome) return;
    this.outcome = this.settle ? {} : { error };
    this.onEnd();
    this.settle?.reject(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
