import { useState } from 'preact/hooks';
import { useWords } from '../../state/page';
import { sayError } from '../../words/words';

interface Saving {
  readonly busy: boolean;
  readonly said: string;
  readonly problem: string;
  /**
   * @param done what is said when `work` has succeeded
   * @param why says why it failed; undefined for an error that is said as everywhere
   */
  readonly run: (work: () => Promise<unknown>, done: string, why?: (error: unknown) => string | undefined) => Promise<boolean>;
  readonly fail: (problem: string) => void;
}

/** Does one thing at a time, and says how it ended. */
export function useSaving(): Saving {
  const words = useWords();
  const [state, setState] = useState({ busy: false, said: '', problem: '' });
  return {
    ...state,
    run: async (work, done, why) => {
      if (state.busy) return false;
      setState({ busy: true, said: '', problem: '' });
      try {
        await work();
        setState({ busy: false, said: done, problem: '' });
        return true;
      } catch (error) {
        setState({ busy: false, said: '', problem: why?.(error) ?? sayError(words, error) });
        return false;
      }
    },
    fail: (problem) => setState({ busy: false, said: '', problem }),
  };
}
