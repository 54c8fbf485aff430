import { useEffect, useRef } from 'preact/hooks';
import { usePage, useWords } from '../state/page';
import type { Locale, Theme } from '../state/settings';
import { useStore } from '../state/use-store';
import { Icon } from './icons';

/** Language and theme. */
export function SettingsMenu() {
  const words = useWords();
  const { settings } = usePage();
  const locale = useStore(settings.locale);
  const theme = useStore(settings.theme);
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
        <label>
          {words.language}
          <select value={locale} onChange={(event) => settings.locale.set(event.currentTarget.value as Locale)}>
            <option value="ko" lang="ko">
              한국어
            </option>
            <option value="en" lang="en">
              English
            </option>
          </select>
        </label>
        <label>
          {words.theme}
          <select value={theme} onChange={(event) => settings.theme.set(event.currentTarget.value as Theme)}>
            {(['system', 'light', 'dark'] as const).map((choice) => (
              <option key={choice} value={choice}>
                {words[`theme-${choice}`]}
              </option>
            ))}
          </select>
        </label>
      </div>
    </details>
  );
}
