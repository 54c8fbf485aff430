import { Phrase } from './phrase';
import { useId } from './use-id';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: 'text' | 'password' | 'email';
  readonly autocomplete?: string;
  /** Shown below the field unless there is a problem. */
  readonly hint?: string;
  readonly problem?: string;
  readonly autofocus?: boolean;
}

/** A labelled input, with a hint or a problem below it. */
export function Field({
  label,
  value,
  onInput,
  type = 'text',
  autocomplete = 'off',
  hint = '',
  problem = '',
  autofocus,
}: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- the types of JSX want one literal per element
        type={type as 'text'}
        value={value}
        autocomplete={autocomplete}
        autocapitalize="none"
        spellcheck={false}
        autofocus={autofocus ?? false}
        aria-invalid={problem !== ''}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id={`${id}-hint`} class={problem ? 'problem' : 'quiet'} aria-live="polite">
        <Phrase>{problem || hint}</Phrase>
      </p>
    </div>
  );
}
