import type { Locale } from './locale';

export const MAIN_ROOM = 'main';
/** Title of the main room until a moderator gives it another. */
export const MAIN_TITLE = 'Jungle Buzz';

const MAIN_TITLES: Readonly<Record<Locale, string>> = { ko: '모두의 담벼락', en: 'Everyone’s wall' };

/** The title that people see. That of the main room depends on the language, unless it was changed. */
export const titleIn = ({ id, title }: { readonly id: string; readonly title: string }, locale: Locale): string =>
  id === MAIN_ROOM && (title === MAIN_TITLE || title === '') ? MAIN_TITLES[locale] : title;
