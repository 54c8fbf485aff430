import type { Visibility } from '../../generated/graphql';
import { Icon } from '../../view/icons';
import { useRoomWords } from '../../view/use-room-words';
import { useId } from '../../view/use-id';

const CHOICES = [
  ['PUBLIC', 'wall'],
  ['UNLISTED', 'link'],
  ['PRIVATE', 'lock'],
] as const;

interface VisibilityChoiceProps {
  readonly value: Visibility;
  readonly onChange: (value: Visibility) => void;
}

/** Who can read a room, each choice with what it means. */
export function VisibilityChoice({ value, onChange }: VisibilityChoiceProps) {
  const words = useRoomWords();
  const name = useId();
  return (
    <fieldset class="choices">
      <legend>{words['who-reads']}</legend>
      {CHOICES.map(([choice, icon]) => (
        <label key={choice}>
          <input
            type="radio"
            name={name}
            value={choice}
            checked={value === choice}
            aria-describedby={`${name}-${choice}`}
            onChange={() => onChange(choice)}
          />
          <Icon name={icon} />
          <span>
            <strong>{words[choice]}</strong>
            <small id={`${name}-${choice}`}>{words[`${choice}-hint`]}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
