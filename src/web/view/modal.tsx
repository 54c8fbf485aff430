import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../state/page';
import { Icon } from './icons';
import { Phrase } from './phrase';
import { useId } from './use-id';

/**
 * A native dialog: it traps the focus, Esc closes it, and the focus returns to where it was. Removing it closes it. The event of a
 * native close comes late and would also close a dialog that was opened meanwhile.
 */
export function Modal({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      // Nothing outside an open dialog can have the focus.
      shown?.close();
      if (before instanceof HTMLElement) focusAgain(before);
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={({ currentTarget }) => {
        if (currentTarget.isConnected) onClose();
      }}
    >
      <header>
        <h2 id={id}>
          <Phrase>{title}</Phrase>
        </h2>
        <button class="round" type="button" aria-label={words.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}

/** A note's button is visible only while its note has the focus, and the button that opened a dialog may be gone: then the content. */
function focusAgain(element: HTMLElement): void {
  element.closest<HTMLElement>('li[tabindex]')?.focus();
  element.focus();
  if (document.activeElement === document.body) document.getElementById('content')?.focus();
}
