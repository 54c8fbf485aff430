/** Line breaks other than \n that text from other programs contains: CR, CRLF, VT, FF, NEL, and Unicode's separators of lines and paragraphs. */
const LINE_BREAK = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/** White space, format characters and letters without a glyph. */
const INVISIBLE = /[\p{White_Space}\p{Cf}\p{Variation_Selector}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;

/** Whether nothing of the text is visible. */
export const isBlank = (text: string): boolean => text.replace(INVISIBLE, '') === '';

/** NFC, \n for every line break, a space for every tab (cells of a spreadsheet), and no white space at the ends. */
export const normalizeText = (raw: string): string => raw.replace(LINE_BREAK, '\n').replaceAll('\t', ' ').normalize('NFC').trim();
