import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../state/page';
import { Icon } from './icons';
import { SettingsFields } from './settings-fields';

/** Language and theme. */
export function SettingsMenu() {
  const words = useWords();
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event): void => {
      const outside = event.type === 'click' && !menu.current?.contains(event.target as Node);
      const escape = event instanceof KeyboardEvent && event.key === 'Escape';
      if (!menu.current?.open || !(outside || escape)) return;
      menu.current.open = false;
      if (escape) menu.current.querySelector('summary')?.focus();
    };
    addEventListener('click', close);
    addEventListener('keydown', close);
    return () => {
      removeEventListener('click', close);
      removeEventListener('keydown', close);
    };
  }, []);
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
