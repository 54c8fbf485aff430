/** A piece of a note: plain text, or the text of a link with its address. */
export type Piece = string | { readonly text: string; readonly href: string };

/** Control and format characters could make a link look like another one. */
const CANDIDATE = /https?:\/\/[^\s<>"'`“”‘’「」『』《》〈〉\p{Cc}\p{Cf}]+/giu;
const OPENING = { ')': '(', ']': '[', '}': '{' } as const;
const END_OF_SENTENCE = /[.,;:!?…·~。、，！？*]$/u;
const HANGUL_AFTER_HOST = /^(https?:\/\/(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?)[가-힣]/iu;
/** A Korean particle right after a link's last letter that is not Hangul. After `=`, `-` and `_` it belongs to the link. */
const PARTICLES =
  '은|는|이|가|을|를|에|에서|에게|에는|의|로|으로|와|과|랑|이랑|나|이나|고|이고|하고|까지|부터|처럼|보다|마다|밖에|한테|만|도|인데|라고|이라고|라는|이라는|라서|이라서|에요|이에요|예요|입니다';
const PARTICLE = new RegExp(`([^가-힣=_+&#-])(?:${PARTICLES})(?:는|도|만)?요?$`, 'u');

/** Finds the http and https links of a text. The pieces joined are the text. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: candidate, index } of text.matchAll(CANDIDATE)) {
    const link = trimmed(candidate);
    const partOfWord = /[a-z0-9]$/i.test(text.slice(0, index));
    const href = partOfWord ? null : hrefOf(link);
    if (href === null) continue;
    if (index > end) pieces.push(text.slice(end, index));
    pieces.push({ text: link, href });
    end = index + link.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

/** Without what follows the link in its sentence: punctuation, closing brackets without an opening one, and particles. */
function trimmed(candidate: string): string {
  const host = HANGUL_AFTER_HOST.exec(candidate)?.[1];
  let link = host ?? candidate;
  for (;;) {
    const shorter = withoutLast(link);
    if (shorter === link) return link;
    link = shorter;
  }
}

function withoutLast(link: string): string {
  if (END_OF_SENTENCE.test(link)) return link.slice(0, -1);
  const last = link.at(-1) ?? '';
  if (last in OPENING) {
    const opening = OPENING[last as keyof typeof OPENING];
    return link.split(last).length > link.split(opening).length ? link.slice(0, -1) : link;
  }
  return link.replace(PARTICLE, '$1');
}

/** @returns null for an address that is none, or that names a user: it would show another host than it leads to */
function hrefOf(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const { href, hostname, username, password } = new URL(link);
  return hostname.includes('.') && username === '' && password === '' ? href : null;
}
