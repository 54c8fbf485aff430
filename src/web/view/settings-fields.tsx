import { usePage, useWords } from '../state/page';
import type { Locale, Theme } from '../state/settings';
import { useStore } from '../state/use-store';

/** Language and theme. */
export function SettingsFields() {
  const words = useWords();
  const { settings } = usePage();
  const locale = useStore(settings.locale);
  const theme = useStore(settings.theme);
  return (
    <>
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
    </>
  );
}
