import { normalizeText } from '../text';

/**
 * Replacements of personal data before a text leaves the process. Order matters: keys and addresses can contain digits that look
 * like a telephone number. Numbers and addresses spelled out in words, and real names of people, are not recognised.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g, '[key]'],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s<>"']+/gi, '[url]'],
  [/\bwww\.[^\s<>"']+/gi, '[url]'],
  [
    /[\p{L}\p{N}._%+-]+\s*(?:@|\(at\)|\[at\]|골뱅이)\s*[\p{L}\p{N}-]+(?:\s*(?:\.|\(dot\)|\[dot\]|점)\s*[\p{L}\p{N}-]+)+/giu,
    '[email]',
  ],
  [
    /\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|net|org|io|co|kr|dev|app|me|info|biz|xyz|gg|ly|link|shop|site|online|ai)\b(?:[/?#][^\s<>"']*)?/gi,
    '[url]',
  ],
  [/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, '[key]'],
  [/\b(?:sk|pk|rk|ghp|gho|ghs|github_pat|glpat|xox[abposr]|AKIA|ASIA|AIza|hf|npm)[-_]?[A-Za-z0-9_-]{12,}/g, '[key]'],
  // Keys, hashes and Base64: 20 or more characters of their alphabets, with a digit or both cases.
  [/(?<![\w+/=-])(?=[\w+/=-]*(?:\d|[a-z][\w+/=-]*[A-Z]|[A-Z][\w+/=-]*[a-z]))[A-Za-z0-9+/_-]{20,}={0,2}(?![\w+/=])/g, '[key]'],
  [/(?<!\d)\d(?:[ .-]?\d){12,18}(?!\d)/g, '[card]'],
  [/(?<!\d)\d{6}\s?-\s?\d{7}(?!\d)/g, '[number]'],
  [/(?<!\d)\+?\(?\d(?:[\s().-]{0,2}\d){8,}(?!\d)/g, '[phone]'],
  [/(?<!\d)\d{3,4}[ .-]\d{4}(?!\d)/g, '[phone]'],
  [/(?<![\p{L}\p{N}])@[\p{L}\p{N}_.-]+/gu, '[name]'],
];

/** Characters. Names of one or two syllables are also everyday words and stay. */
const MIN_NAME = 3;
const MAX_NAME_WORDS = 3;
/** Characters of a particle written together with a Korean name. */
const MAX_PARTICLE = 3;

/** @param names authors of the window, each as `nameKey` returns it */
export function mask(text: string, names: ReadonlySet<string>): string {
  let masked = normalizeText(text);
  for (const [pattern, label] of PATTERNS) masked = masked.replace(pattern, label);
  return names.size === 0 ? masked : maskNames(masked, names);
}

export const nameKey = (author: string): string => normalizeText(author).toLowerCase();

function maskNames(text: string, names: ReadonlySet<string>): string {
  const found = [...text.matchAll(/\[(?:key|url|email|card|number|phone|name)\]|[\p{L}\p{N}_]+/gu)];
  let masked = '';
  let end = 0;
  for (let i = 0; i < found.length; i++) {
    const word = found[i];
    if (!word || word[0].startsWith('[')) continue;
    for (let count = MAX_NAME_WORDS; count >= 1; count--) {
      const last = found[i + count - 1];
      if (!last) continue;
      const run = text.slice(word.index, last.index + last[0].length);
      const length = nameLength(run.toLowerCase(), names);
      if (length === 0) continue;
      masked += `${text.slice(end, word.index)}[name]`;
      end = word.index + length;
      i += count - 1;
      break;
    }
  }
  return masked + text.slice(end);
}

/** Length of the name that the run starts with; 0 without one. */
function nameLength(run: string, names: ReadonlySet<string>): number {
  for (let length = run.length; length >= Math.max(MIN_NAME, run.length - MAX_PARTICLE); length--) {
    const particle = run.slice(length);
    if ((particle === '' || /^[가-힣]+$/.test(particle)) && names.has(run.slice(0, length))) return length;
  }
  return 0;
}
