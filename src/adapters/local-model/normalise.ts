/** UTF-16 units looked at; chat texts have at most 1,000 code points. */
export const MAX_UNITS = 2000;

/** A character four times or more. Without the u flag it is twice as fast, but a pair of surrogates must be matched explicitly. */
const REPEATED = /([\ud800-\udbff][\udc00-\udfff]|[^])\1{3,}/g;

/**
 * Lower case, links gone, digits as one 0, runs of one character cut to three: "ㅋㅋㅋㅋㅋㅋ" and "ㅋㅋㅋ" mean the same. The
 * patterns are written such that plain text without a match costs little.
 */
export const normalise = (text: string): string =>
  text
    .slice(0, MAX_UNITS)
    .toWellFormed()
    .normalize('NFC')
    .toLowerCase()
    .replace(/https?:\S+/g, ' ')
    .replace(/[0-9]+/g, '0')
    .replace(/[\s\p{Cc}]{2,}|[^\S ]|\p{Cc}/gu, ' ')
    .replace(REPEATED, '$1$1$1')
    .replace(/[‘’]/g, "'")
    .trim()
    // Some letters are longer in lower case.
    .slice(0, MAX_UNITS);
