import { useEffect, useRef, useState } from 'preact/hooks';
import type { Empathy } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import { withPress, type Counts } from '../state/seen-note';
import { EMPATHIES, formatCount } from '../words/words';
import { Icon } from './icons';
import { Phrase } from './phrase';

interface EmpathiesProps {
  readonly chatId: string;
  readonly counts: Counts;
  /** What the person has pressed. */
  readonly own: Empathy | null;
}

/** The kind words that a note was given, without names. */
export function EmpathyCounts({ counts, own = null }: { counts: Counts; own?: Empathy | null }) {
  const words = useWords();
  const given = counts.filter(({ count }) => count > 0);
  if (given.length === 0) return null;
  return (
    <span class="empathy-counts">
      {given.map(({ empathy, count }) => (
        <span key={`${empathy} ${count} ${words[empathy]}`} class={empathy === own ? 'own-press' : ''}>
          {words[empathy]} {formatCount(count)}
        </span>
      ))}
    </span>
  );
}

/** One button that opens three kind words. Pressing the same again takes it back. */
export function Empathies({ chatId, counts, own }: EmpathiesProps) {
  const words = useWords();
  const { session, askForAccount, changes } = usePage();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const group = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (open) group.current?.querySelector('button')?.focus();
  }, [open]);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const press = (pressed: Empathy) => {
    close();
    const login = session.login.get();
    if (!login) {
      askForAccount('empathy', () => press(pressed));
      return;
    }
    const empathy = pressed === own ? null : pressed;
    changes.put(chatId, login.username, { kind: 'empathy', empathy, counts: withPress(counts, own, empathy) });
  };
  return (
    <>
      <EmpathyCounts counts={counts} own={own} />
      <button ref={opener} class="empathize" type="button" aria-expanded={open} onClick={() => (open ? close() : setOpen(true))}>
        <Icon name="empathy" />
        <Phrase>{words.empathize}</Phrase>
      </button>
      {open && (
        <span
          ref={group}
          class="empathies"
          role="group"
          aria-label={words.empathize}
          onKeyDown={(event) => {
            if (event.key === 'Escape') close();
          }}
        >
          {EMPATHIES.map((empathy) => (
            <button key={empathy} type="button" class="plain" aria-pressed={empathy === own} onClick={() => press(empathy)}>
              <Phrase>{words[empathy]}</Phrase>
            </button>
          ))}
        </span>
      )}
    </>
  );
}
