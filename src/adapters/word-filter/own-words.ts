/** A tree of the characters of words. */
interface Node {
  readonly children: Map<string, Node>;
  /** Whether a word ends here. */
  isEnd: boolean;
}

/** As in the list of Korean words: marks and digits may separate letters, a space may not. */
const SEPARATOR = /^[\d.,!@#*_~^-]$/u;
const MAX_SEPARATORS = 3;
const isLetter = (character: string): boolean => /^\p{L}$/u.test(character);
const isSpace = (character: string): boolean => /^\s$/u.test(character);

/**
 * Finds words that hosts do not want, whatever their case. A list becomes a tree once, for as long as its object is in use. The time to
 * search a text grows with its length and that of the longest word alone: regular expressions take seconds for lists made for it.
 */
export class OwnWords {
  private readonly trees = new WeakMap<readonly string[], Node>();

  /** Positions of the longest words, end exclusive, in UTF-16 units of the text. @param words in lower case */
  find(text: string, words: readonly string[]): [start: number, end: number][] {
    if (words.length === 0) return [];
    const tree = this.treeOf(words);
    const characters = [...text];
    const keys = characters.map((character) => (isSpace(character) ? ' ' : character.toLowerCase()));
    const found: [number, number][] = [];
    for (let i = 0, at = 0; i < characters.length; i++) {
      const length = lengthAt(keys, i, tree);
      if (length > 0) found.push([at, at + characters.slice(i, i + length).join('').length]);
      at += characters[i]?.length ?? 0;
    }
    return found;
  }

  private treeOf(words: readonly string[]): Node {
    const known = this.trees.get(words);
    if (known) return known;
    const root = emptyNode();
    for (const word of words) {
      let node = root;
      for (const character of word) {
        const next = node.children.get(character) ?? emptyNode();
        node.children.set(character, next);
        node = next;
      }
      node.isEnd = true;
    }
    this.trees.set(words, root);
    return root;
  }
}

const emptyNode = (): Node => ({ children: new Map(), isEnd: false });

/** Characters of the longest word that begins here; 0 if none does. */
function lengthAt(keys: readonly string[], start: number, root: Node): number {
  let node = root;
  let last = '';
  let separators = 0;
  let length = 0;
  for (let i = start; i < keys.length; i++) {
    const key = keys[i] ?? '';
    const next = node.children.get(key);
    if (next) {
      [node, last, separators] = [next, key, 0];
      if (node.isEnd) length = i + 1 - start;
    } else if (!(key === ' ' && last === ' ')) {
      const mayFollow = isLetter(last) && SEPARATOR.test(key) && separators < MAX_SEPARATORS;
      if (!mayFollow) break;
      separators++;
    }
  }
  return length;
}
