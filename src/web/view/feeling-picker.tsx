import type { Emotion } from '../generated/graphql';
import { useWords } from '../state/page';
import { EMOTIONS } from '../words/words';
import { Icon } from './icons';
import { Phrase } from './phrase';
import { useId } from './use-id';

interface FeelingPickerProps {
  readonly label: string;
  readonly value: Emotion | null;
  readonly onChange: (value: Emotion | null) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const UNSET = new Set(['Escape', 'Backspace', 'Delete']);

/** Eight feelings as radio buttons, of which none needs to be chosen. The chosen one is unset by pressing it again. */
export function FeelingPicker({ label, value, onChange }: FeelingPickerProps) {
  const words = useWords();
  const hint = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const group = event.currentTarget as HTMLElement;
    if (UNSET.has(event.key) && value !== null) {
      // Esc would close the dialog around it as well.
      event.preventDefault();
      event.stopPropagation();
      onChange(null);
      return;
    }
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...group.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = (at + step + EMOTIONS.length) % EMOTIONS.length;
    buttons[next]?.focus();
    onChange(EMOTIONS[next] ?? null);
  };
  return (
    <div class="feelings" role="radiogroup" aria-label={label} aria-describedby={hint} onKeyDown={onKeyDown}>
      {EMOTIONS.map((emotion) => (
        <button
          key={emotion}
          type="button"
          role="radio"
          class={emotion}
          aria-checked={emotion === value}
          tabIndex={emotion === (value ?? EMOTIONS[0]) ? 0 : -1}
          onClick={() => onChange(emotion === value ? null : emotion)}
        >
          <Icon name={emotion} />
          <Phrase>{words[emotion]}</Phrase>
        </button>
      ))}
      <span id={hint} class="hidden-copy">
        {words['feeling-keys']}
      </span>
    </div>
  );
}
