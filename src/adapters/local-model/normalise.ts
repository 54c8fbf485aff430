/** UTF-16 units looked at; chat texts have at most 1,000 code points. */
export const MAX_UNITS = 2000;

/** A character four times or more. Without the u flag it is twice as fast, but a pair of surrogates must be matched explicitly. */
const REPEATED = /([\ud800-\udbff][\udc00-\udfff]|[^])\1{3,}/g;

const [SPACE, ZERO, NINE, COLON, UPPER_A, UPPER_Z, TILDE] = [0x20, 0x30, 0x39, 0x3a, 0x41, 0x5a, 0x7e];
const TO_LOWER_CASE = 0x20;

/** ASCII without controls, Hangul syllables and the letters they are typed with: NFC, and their lower case is as long. */
const isSimple = (unit: number): boolean =>
  unit >= 0xac00 ? unit <= 0xd7a3 : unit <= TILDE ? unit >= SPACE : unit >= 0x3131 && unit <= 0x318e;

/** Lower case, links gone, digits as one 0, runs of one character cut to three: "ㅋㅋㅋㅋㅋㅋ" and "ㅋㅋㅋ" mean the same. */
export const normalise = (text: string): string => normaliseSimple(text) ?? normaliseAny(text);

/** Runs only the patterns that can match, because most texts need none of them. @returns undefined for a text with other characters */
function normaliseSimple(text: string): string | undefined {
  if (text.length > MAX_UNITS) return undefined;
  let hasUpper = false;
  let hasDigit = false;
  let hasSpaces = false;
  let hasRun = false;
  let last = 0;
  let run = 0;
  for (let i = 0; i < text.length; i++) {
    let unit = text.charCodeAt(i);
    if (!isSimple(unit) || unit === COLON) return undefined;
    const isDigit = unit >= ZERO && unit <= NINE;
    if (isDigit) hasDigit = true;
    if (unit >= UPPER_A && unit <= UPPER_Z) {
      hasUpper = true;
      unit += TO_LOWER_CASE;
    }
    run = unit === last ? run + 1 : 1;
    last = unit;
    if (run === 2 && unit === SPACE) hasSpaces = true;
    if (run === 4 && !isDigit) hasRun = true;
  }
  let simple = hasUpper ? text.toLowerCase() : text;
  if (hasDigit) simple = simple.replace(/[0-9]+/g, '0');
  if (hasSpaces) simple = simple.replace(/ {2,}/g, ' ');
  if (hasRun) simple = simple.replace(REPEATED, '$1$1$1');
  return simple.trim();
}

/** The patterns are written such that plain text without a match costs little. */
const normaliseAny = (text: string): string =>
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
