import { useState } from 'preact/hooks';
import { EnterAsGuestDocument } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import { sayError } from '../words/words';
import { Phrase } from './phrase';

/** One tap to write without an account. */
export function GuestEntry({ onEntered }: { onEntered: () => void }) {
  const words = useWords();
  const { session } = usePage();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const enter = async () => {
    if (busy) return;
    setBusy(true);
    try {
      session.accept((await session.run(EnterAsGuestDocument, {})).enterAsGuest);
      onEntered();
    } catch (error) {
      setProblem(sayError(words, error));
      setBusy(false);
    }
  };
  return (
    <div class="guest-entry">
      <button type="button" class="plain" aria-busy={busy} onClick={() => void enter()}>
        <Phrase>{words['as-guest']}</Phrase>
      </button>
      <p class={problem ? 'problem' : 'quiet'} aria-live="polite">
        <Phrase>{problem || words['guest-hint']}</Phrase>
      </p>
      <p class="or">
        <span>{words['or-sign-up']}</span>
      </p>
    </div>
  );
}
