/** A port's adapter over storage of its own, empty at first. Each test makes one and closes it. */
export interface Subject<T> {
  readonly port: T;
  /** Ends this adapter's process as far as it can tell, and opens another over the same storage. */
  reopen(): Promise<T>;
  close(): Promise<void>;
}

export type MakeSubject<T, S extends Subject<T> = Subject<T>> = () => Promise<S>;

/** A subject for each test, closed after it. @returns what gives the current test's subject */
export function eachTest<S extends { close(): Promise<void> }>(make: () => Promise<S>): () => S {
  let subject: S | undefined;
  beforeEach(async () => {
    subject = await make();
  });
  afterEach(async () => {
    await subject?.close();
    subject = undefined;
  });
  return () => subject as S;
}
