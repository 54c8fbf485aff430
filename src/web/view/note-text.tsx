import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../state/page';
import { mayNeedFolding } from './folding';
import { piecesOf } from './links';
import { Phrase } from './phrase';

/** The text of a note. Links are links, and what exceeds twelve lines is folded. */
export function NoteText({ text }: { text: string }) {
  return mayNeedFolding(text) ? <FoldedText text={text} /> : <Text text={text} />;
}

/** In place of a text that was erased. */
export function Erased() {
  return (
    <p>
      <em>
        <Phrase>{useWords().hidden}</Phrase>
      </em>
    </p>
  );
}

function Text({ text }: { text: string }) {
  return (
    <p dir="auto">
      <Linked text={text} />
    </p>
  );
}

function Linked({ text }: { text: string }) {
  return (
    <>
      {piecesOf(text).map((piece, i) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <a key={i} href={piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {piece.text}
          </a>
        ),
      )}
    </>
  );
}

function FoldedText({ text }: { text: string }) {
  const words = useWords();
  const paragraph = useRef<HTMLParagraphElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    const box = paragraph.current;
    if (!box || open) return;
    // Not by a state: the note must have its height before the wall scrolls to its end.
    const measure = () => {
      if (button.current) button.current.hidden = box.scrollHeight <= box.clientHeight + 1;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [text, open]);
  useLayoutEffect(() => {
    // A reader of the newest note stays at its beginning.
    if (open) paragraph.current?.closest('.notes')?.dispatchEvent(new Event('scroll'));
  }, [open]);
  return (
    <>
      <p dir="auto" ref={paragraph} class={open ? '' : 'folded'}>
        <Linked text={text} />
      </p>
      <button ref={button} class="link unfold" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Phrase>{words[open ? 'fold' : 'unfold']}</Phrase>
      </button>
    </>
  );
}
