/** Letters and digits only, so that punctuation, spacing and emoji make no difference; with a space at both ends. */
function trigrams(text: string): ReadonlySet<string> {
  const letters = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  const units = ` ${letters === '' ? text : letters} `;
  const found = new Set<string>();
  for (let i = 0; i < Math.max(1, units.length - 2); i++) found.add(units.slice(i, i + 3));
  return found;
}

/** Share of the trigrams of both texts that both have, 0 to 1. */
const LIMIT = 0.5;

/**
 * Finds each text of `texts` that shares more than half of its trigrams with a text of `others`, or with an earlier one of `texts` if
 * `others` is left out.
 * @returns pairs of similar texts
 */
export function nearCopies(texts: readonly string[], others?: readonly string[]): (readonly [string, string])[] {
  const known: { readonly text: string; readonly size: number }[] = [];
  const holders = new Map<string, number[]>();
  const add = (text: string, grams: ReadonlySet<string>): void => {
    for (const gram of grams) {
      const list = holders.get(gram);
      if (list) list.push(known.length);
      else holders.set(gram, [known.length]);
    }
    known.push({ text, size: grams.size });
  };
  for (const text of others ?? []) add(text, trigrams(text));
  const pairs: (readonly [string, string])[] = [];
  for (const text of texts) {
    const grams = trigrams(text);
    const shared = new Map<number, number>();
    for (const gram of grams) for (const holder of holders.get(gram) ?? []) shared.set(holder, (shared.get(holder) ?? 0) + 1);
    for (const [holder, count] of shared) {
      const other = known[holder]!;
      if ((2 * count) / (grams.size + other.size) > LIMIT) pairs.push([text, other.text]);
    }
    if (!others) add(text, grams);
  }
  return pairs;
}
