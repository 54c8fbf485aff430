import { useRef, useState } from 'preact/hooks';
import { useWords } from '../state/page';
import { Phrase } from './phrase';
import { useId } from './use-id';

/** Copies a selected field. Over plain HTTP there is no clipboard API, but the older command works. */
async function copy(field: HTMLInputElement): Promise<boolean> {
  field.select();
  // Types say that it is always there.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard) {
    const copied = await clipboard.writeText(field.value).then(
      () => true,
      () => false,
    );
    if (copied) return true;
  }
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way outside of a secure context
  return document.execCommand('copy');
}

/** A text to hand on, with a button that copies it. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const words = useWords();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const run = async () => {
    if (field.current) setSaid((await copy(field.current)) ? words.copied : words['copy-failed']);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="row copy">
        <input id={id} ref={field} readOnly value={value} onFocus={(event) => event.currentTarget.select()} />
        <button type="button" onClick={() => void run()}>
          {words.copy}
        </button>
      </div>
      <p class="quiet" role="status">
        <Phrase>{said}</Phrase>
      </p>
    </div>
  );
}
