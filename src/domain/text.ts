/** Line breaks other than \n that text from other programs contains: CR, CRLF, VT, FF, NEL, and Unicode's separators of lines and paragraphs. */
const LINE_BREAK = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/** NFC, \n for every line break, a space for every tab (cells of a spreadsheet), and no white space at the ends. */
export const normalizeText = (raw: string): string => raw.replace(LINE_BREAK, '\n').replaceAll('\t', ' ').normalize('NFC').trim();
