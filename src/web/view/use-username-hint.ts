import { useEffect, useState } from 'preact/hooks';
import { UsernameAvailableDocument } from '../generated/graphql';
import { checkUsername } from '../state/account-rules';
import { usePage } from '../state/page';

const DEBOUNCE_MS = 350;

/** Asks the server whether a username is free, once the person has stopped typing. */
export function useUsernameHint(name: string): { free: boolean; taken: boolean } {
  const { session } = usePage();
  const [answer, setAnswer] = useState<{ name: string; available: boolean } | null>(null);
  useEffect(() => {
    if (!checkUsername(name)) return;
    let current = true;
    const timer = setTimeout(() => {
      session.run(UsernameAvailableDocument, { username: name }).then(
        ({ usernameAvailable }) => current && setAnswer({ name, available: usernameAvailable }),
        // Submitting the form checks the username again.
        () => undefined,
      );
    }, DEBOUNCE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [name, session]);
  const known = answer?.name === name && name !== '';
  return { free: known && answer.available, taken: known && !answer.available };
}
