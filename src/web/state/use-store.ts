import { useEffect, useState } from 'preact/hooks';
import type { Store } from './store';

/** The value of a store. A change renders the component again. */
export function useStore<T>(store: Store<T>): T {
  const [, again] = useState(0);
  useEffect(() => {
    const seen = store.get();
    const undo = store.subscribe(() => again((n) => n + 1));
    // It may have changed between the render and this effect.
    if (!Object.is(seen, store.get())) again((n) => n + 1);
    return undo;
  }, [store]);
  return store.get();
}
