import { Icon } from '../../view/icons';
import { useRoomWords } from '../../view/use-room-words';
import { fill } from '../../words/words';

/** Opens the share sheet of the device, where there is one: on phones, over HTTPS. */
export function ShareButton({ title, url }: { title: string; url: string }) {
  const words = useRoomWords();
  if (!('share' in navigator)) return null;
  return (
    <button
      type="button"
      onClick={() => {
        // The person closed the sheet.
        navigator.share({ title, text: fill(words['share-text'], { title }), url }).catch(() => undefined);
      }}
    >
      <Icon name="send" /> {words.share}
    </button>
  );
}
