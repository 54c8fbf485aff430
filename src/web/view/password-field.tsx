import { useState } from 'preact/hooks';
import { useWords } from '../state/page';
import { checkPassword } from '../state/account-rules';
import { Field } from './field';

interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** Whether a new password is chosen, which the rules apply to. */
  readonly isNew: boolean;
  readonly problem: string;
  readonly autofocus?: boolean;
}

/** A password that can be shown. */
export function PasswordField({ label, value, onInput, isNew, problem, autofocus = false }: PasswordFieldProps) {
  const words = useWords();
  const [visible, setVisible] = useState(false);
  const breaksRule = isNew && value.length > 7 && !checkPassword(value);
  return (
    <>
      <Field
        label={label}
        type={visible ? 'text' : 'password'}
        value={value}
        onInput={onInput}
        autocomplete={isNew ? 'new-password' : 'current-password'}
        autofocus={autofocus}
        hint={isNew ? words['password-rule'] : ''}
        problem={problem || (breaksRule ? words['password-rule'] : '')}
      />
      <label class="check">
        <input type="checkbox" checked={visible} onChange={(event) => setVisible(event.currentTarget.checked)} />
        {words['show-password']}
      </label>
    </>
  );
}
