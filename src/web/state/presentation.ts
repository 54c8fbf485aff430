import type { Locale, Theme } from './settings';

export interface Presentation {
  readonly locale: Locale;
  readonly theme: Theme;
}

/** Language and theme by the parameters `lang` and `theme`, else by the browser and the system. Nothing is stored. */
export function presentationOf(parameters: URLSearchParams): Presentation {
  const lang = parameters.get('lang') ?? navigator.language;
  const theme = parameters.get('theme');
  return {
    locale: lang.startsWith('ko') ? 'ko' : 'en',
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
  };
}
