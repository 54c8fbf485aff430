import type { Locale } from '../domain/locale';

/** Notifications with the same tag replace each other on the device, and with the same topic at the push service. */
const TAG = 'letter';

const TEXTS: Readonly<Record<Locale, { readonly title: string; readonly body: string }>> = {
  ko: { title: '정글 버즈', body: '어제의 편지가 도착했어요' },
  en: { title: 'Jungle Buzz', body: 'Yesterday’s letter has arrived' },
};

export const LETTER_TOPIC = TAG;

/** What the service worker of the page shows. It contains no word of a message, and no name of a room. */
export const letterNotice = (locale: Locale, room: string, letterId: string): string =>
  JSON.stringify({
    ...TEXTS[locale],
    tag: TAG,
    lang: locale,
    url: `/letters?${new URLSearchParams({ room, letter: letterId }).toString()}`,
  });
