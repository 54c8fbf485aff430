import { inflateSync } from 'node:zlib';

/** An object of a PDF file. */
interface Part {
  readonly dictionary: string;
  /** Decompressed; empty if the object has none. */
  readonly stream: string;
}

/** The text of each page of a PDF that Chromium printed, in the order in which it was drawn, without spaces between its parts. */
export function pdfPages(pdf: Buffer): string[] {
  const parts = partsOf(pdf);
  const pages = [...parts.values()].filter(({ dictionary }) => /\/Type\s*\/Page\b/.test(dictionary));
  return pages.map(({ dictionary }) => {
    const contents = parts.get(/\/Contents (\d+)/.exec(dictionary)?.[1] ?? '')?.stream ?? '';
    const fonts = new Map([...dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, id]));
    // Ligatures are characters of their own.
    return textOf(contents, (name) => charactersOf(parts, fonts.get(name))).normalize('NFKC');
  });
}

function partsOf(pdf: Buffer): Map<string, Part> {
  const file = pdf.toString('latin1');
  const parts = new Map<string, Part>();
  for (const [, id = '', body = ''] of file.matchAll(/(\d+) 0 obj\s([^]*?)endobj/g)) {
    const [, dictionary = body, data] = /^([^]*?)stream\r?\n([^]*)\r?\nendstream/.exec(body) ?? [];
    const isPacked = data !== undefined && dictionary.includes('/FlateDecode');
    parts.set(id, { dictionary, stream: isPacked ? inflateSync(Buffer.from(data, 'latin1')).toString('latin1') : (data ?? '') });
  }
  return parts;
}

/** The characters of a font's glyphs, by their code in hexadecimal, from its table ToUnicode. */
function charactersOf(parts: ReadonlyMap<string, Part>, font: string | undefined): Map<string, string> {
  const table = parts.get(/\/ToUnicode (\d+)/.exec(parts.get(font ?? '')?.dictionary ?? '')?.[1] ?? '')?.stream ?? '';
  const characters = new Map<string, string>();
  for (const [block] of table.matchAll(/beginbfchar[^]*?endbfchar/g))
    for (const [, code = '', text = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      characters.set(code.toUpperCase(), decoded(text));
  for (const [block] of table.matchAll(/beginbfrange[^]*?endbfrange/g))
    for (const [, from = '', to = '', text = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (let code = parseInt(from, 16); code <= parseInt(to, 16); code++) {
        const hex = code.toString(16).toUpperCase().padStart(from.length, '0');
        characters.set(hex, String.fromCharCode(parseInt(text, 16) + code - parseInt(from, 16)));
      }
  return characters;
}

const decoded = (utf16: string): string => Buffer.from(utf16, 'hex').swap16().toString('utf16le');

function textOf(contents: string, charactersOfFont: (name: string) => ReadonlyMap<string, string>): string {
  let characters: ReadonlyMap<string, string> = new Map();
  let text = '';
  for (const [, font, hex = ''] of contents.matchAll(/\/(F\d+) [\d.]+ Tf|<(\w+)>/g)) {
    if (font !== undefined) characters = charactersOfFont(font);
    const [digits = 4] = [...characters.keys()].map(({ length }) => length);
    for (let i = 0; i < hex.length; i += digits) text += characters.get(hex.slice(i, i + digits).toUpperCase()) ?? '';
  }
  return text;
}
