import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Note } from '../state/timeline';
import { Feeling } from '../view/icons';
import type { HallWords } from '../words/hall';
import { arrange, type Columns } from './columns';

/** Width of a column as a part of the height of the board. */
const COLUMN_RATIO = 0.6;
/** As a part of the height of the screen. */
const GAP_RATIO = 0.022;
/** Short notes are written larger: the most characters of each size. */
const SIZES = [
  [24, 'short'],
  [70, 'medium'],
  [160, 'long'],
] as const;

const sizeOf = (text: string): string => SIZES.find(([most]) => text.length <= most)?.[1] ?? 'longest';

/** The newest notes as cards in columns. They glide when one comes, and leave at once when their text is erased. */
export function Board({ notes, words }: { notes: readonly Note[]; words: HallWords }) {
  const board = useRef<HTMLOListElement>(null);
  const columns = useRef<Columns>([]);
  const [, setSize] = useState('');
  useEffect(() => {
    const box = board.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setSize(`${box.clientWidth} ${box.clientHeight}`));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (board.current) columns.current = place(board.current, columns.current);
  });
  return (
    <ol class="board" ref={board} aria-label={words.notes}>
      {notes.map((note) => (
        <Card key={note.id} note={note} words={words} />
      ))}
    </ol>
  );
}

function Card({ note: { id, author, text, shownEmotion }, words }: { note: Note; words: HallWords }) {
  return (
    <li class={`card ${shownEmotion ?? 'PLAIN'} ${sizeOf(text)}`} data-id={id}>
      <p dir="auto">{text}</p>
      <footer>
        <span class="author">{author}</span>
        {shownEmotion && <Feeling emotion={shownEmotion} word={words[shownEmotion]} />}
      </footer>
    </li>
  );
}

/** Measures the cards of the board and moves them to their places. @returns their columns */
function place(board: HTMLElement, before: Columns): Columns {
  const cards = [...board.querySelectorAll<HTMLElement>('.card')];
  const fitting = Math.round(board.clientWidth / (board.clientHeight * COLUMN_RATIO));
  const count = Math.max(1, Math.min(4, fitting, cards.length));
  const gap = innerHeight * GAP_RATIO;
  const width = (board.clientWidth - gap * (count - 1)) / count;
  board.style.setProperty('--card', `${width}px`);
  const measured = cards.map((card) => ({ id: card.dataset['id'] ?? '', height: card.offsetHeight }));
  const columns = arrange(before, measured, { columns: count, height: board.clientHeight, gap });
  const heights = new Map(measured.map(({ id, height }) => [id, height]));
  const places = new Map<string, string>();
  columns.forEach((column, i) => {
    let y = 0;
    for (const id of column) {
      places.set(id, `translate(${i * (width + gap)}px, ${y}px)`);
      y += (heights.get(id) ?? 0) + gap;
    }
  });
  const moveTo = (card: HTMLElement): void => {
    const to = places.get(card.dataset['id'] ?? '');
    // A card that leaves fades where it is.
    if (to !== undefined) card.style.transform = to;
  };
  // A new card appears in its place. Only cards with the class glide, so it gets the class after the place has been applied.
  for (const card of cards) if (!card.classList.contains('placed')) moveTo(card);
  board.getBoundingClientRect();
  for (const card of cards) {
    moveTo(card);
    card.classList.toggle('placed', places.has(card.dataset['id'] ?? ''));
  }
  return columns;
}
