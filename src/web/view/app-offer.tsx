import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { Phrase } from './phrase';

/** Offers a new version of the page, or else to install it as an app. */
export function AppOffer() {
  const words = useWords();
  const { installation, session } = usePage();
  const update = useStore(installation.update);
  const install = useStore(installation.install);
  const login = useStore(session.login);
  if (update) {
    return (
      <div class="offer" role="status">
        <Phrase>{words['new-version']}</Phrase>
        <button type="button" class="plain" onClick={update}>
          {words['use-new-version']}
        </button>
      </div>
    );
  }
  // Somebody who has an account will come back.
  if (!install || !login) return null;
  return (
    <div class="offer" role="status">
      <Phrase>{words['install-hint']}</Phrase>
      <button type="button" class="plain" onClick={install}>
        {words.install}
      </button>
      <button type="button" class="link" onClick={() => installation.dismiss()}>
        {words['install-not']}
      </button>
    </div>
  );
}
