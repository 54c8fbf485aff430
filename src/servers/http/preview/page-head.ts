import type { Locale } from '../../../domain/locale';

/** What a link to the page shows in other services. */
export interface PageHead {
  readonly title: string;
  /** Absolute URL of the page. */
  readonly url: string;
  /** Absolute URL of a picture of 1200 by 630 pixels. */
  readonly image: string;
}

const NOT_FOUND: Readonly<Record<Locale, { readonly title: string; readonly text: string }>> = {
  ko: { title: '없는 페이지 · 정글 버즈', text: '찾는 페이지가 없어요. 주소를 다시 확인해 주세요.' },
  en: { title: 'Page not found · Jungle Buzz', text: 'There is no page at this address. Please check it.' },
};

/** Puts title and picture of a room into the page. @param html the built index.html */
export function withHead(html: string, { title, url, image }: PageHead): string {
  const more = [
    ...[`<meta property="og:url" content="${escaped(url)}" />`, `<meta property="og:image" content="${escaped(image)}" />`],
    ...['<meta property="og:image:width" content="1200" />', '<meta property="og:image:height" content="630" />'],
    '<meta name="twitter:card" content="summary_large_image" />',
  ];
  return titled(html, title).replace('</head>', () => `  ${more.join('\n    ')}\n  </head>`);
}

/** The page for an address that leads nowhere, readable without its script. */
export function asNotFound(html: string, locale: Locale): string {
  const { title, text } = NOT_FOUND[locale];
  return titled(html, title)
    .replace(/<html lang="\w+">/, `<html lang="${locale}">`)
    .replace('<div id="app"></div>', () => `<div id="app"><p class="empty unreachable">${text}</p></div>`);
}

const titled = (html: string, title: string): string =>
  html
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
    .replace(/(<meta property="og:title" content=")[^"]*/, (_, start: string) => start + escaped(title));

/** For text and for attributes in double quotes. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
