import { useRef } from 'preact/hooks';
import { useWords } from '../state/page';
import { Icon } from './icons';
import { SettingsFields } from './settings-fields';
import { useClosing } from './use-closing';

/** Language and theme. */
export function SettingsMenu() {
  const words = useWords();
  const menu = useRef<HTMLDetailsElement>(null);
  useClosing(menu);
  return (
    <details class="settings" ref={menu}>
      <summary aria-label={words.settings} title={words.settings}>
        <Icon name="settings" />
      </summary>
      <div>
        <SettingsFields />
      </div>
    </details>
  );
}
