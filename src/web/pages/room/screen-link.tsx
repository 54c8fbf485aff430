import { useState } from 'preact/hooks';
import { CreateScreenLinkDocument } from '../../generated/graphql';
import { usePage } from '../../state/page';
import { CopyField } from '../../view/copy-field';
import { useRoomWords } from '../../view/use-room-words';
import { Outcome } from './outcome';
import { useSaving } from './use-saving';

/** Makes a link that shows a private room on a screen for a day. */
export function ScreenLink({ room }: { room: string }) {
  const words = useRoomWords();
  const { session } = usePage();
  const saving = useSaving();
  const [url, setUrl] = useState('');
  const make = () =>
    saving.run(async () => setUrl((await session.run(CreateScreenLinkDocument, { room })).createScreenLink.url), '');
  return (
    <>
      <p class="effect">{words['screen-link-hint']}</p>
      {url === '' ? (
        <button type="button" class="plain" aria-busy={saving.busy} onClick={() => void make()}>
          {words['screen-link-make']}
        </button>
      ) : (
        <CopyField label={words['screen-link']} value={url} />
      )}
      <Outcome {...saving} />
    </>
  );
}
