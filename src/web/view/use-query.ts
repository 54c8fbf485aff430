import { useEffect, useState } from 'preact/hooks';

export interface Query<T> {
  readonly data: T | undefined;
  readonly failed: boolean;
  readonly again: () => void;
}

/** Runs `ask` when a key changes and on `again`. Earlier data stays until newer data arrives. */
export function useQuery<T>(ask: () => Promise<T>, keys: readonly unknown[]): Query<T> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ data?: T; failed: boolean }>({ failed: false });
  useEffect(() => {
    let current = true;
    ask().then(
      (data) => current && setState({ data, failed: false }),
      () => current && setState((before) => ({ ...before, failed: true })),
    );
    return () => {
      current = false;
    };
  }, [...keys, turn]);
  return { data: state.data, failed: state.failed, again: () => setTurn((n) => n + 1) };
}
