/** The languages of the product. */
export type Locale = 'ko' | 'en';

/**
 * The language that a client prefers: the one with the higher quality (RFC 9110, 12.5.4), of two equal ones the first; English if
 * neither is named.
 * @param acceptLanguage value of the header
 */
export function preferredLocale(acceptLanguage = ''): Locale {
  let best: { readonly locale: Locale; readonly quality: number } = { locale: 'en', quality: 0 };
  for (const range of acceptLanguage.split(',')) {
    const [, locale, quality = '1'] = /^\s*(ko|en)\b[^;]*(?:;\s*q=([\d.]+))?\s*$/i.exec(range) ?? [];
    if (locale && Number(quality) > best.quality) best = { locale: locale.toLowerCase() as Locale, quality: Number(quality) };
  }
  return best.locale;
}
