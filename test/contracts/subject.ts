/** An adapter of a port with its own, empty storage. */
export interface Subject<T> {
  readonly port: T;
  /** Closes the adapter and opens another one with the same storage, as a restarted process does. */
  reopen(): Promise<T>;
  close(): Promise<void>;
}

export type MakeSubject<T, S extends Subject<T> = Subject<T>> = () => Promise<S>;

/** Makes a subject for each test and closes it afterwards. @returns a function that returns the subject of the current test */
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
