import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { usePage, useWords } from '../state/page';
import type { RoomFeed } from '../state/room-feed';
import { useStore } from '../state/use-store';
import { AskDialog } from './ask-dialog';
import { Icon } from './icons';
import { useModerates } from './use-moderates';

/** The question of the room, over the upper end of its notes, which it does not move. One tap begins an answer. */
export function QuestionCard({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const { answering, connection } = usePage();
  const question = useStore(feed.question.current);
  const asks = useModerates();
  const isLive = useStore(connection) === 'live';
  const [asking, setAsking] = useState(false);
  useEffect(() => void feed.question.load(), [feed, isLive]);
  const card = useRef<HTMLElement>(null);
  const isShown = question !== null || asks;
  useLayoutEffect(() => (card.current ? makeRoomFor(card.current) : undefined), [isShown]);
  if (!isShown) return null;
  return (
    <section ref={card} class="question" aria-label={words.question}>
      {question && (
        <p dir="auto">
          <Icon name="question" /> {question.text}
        </p>
      )}
      <div class="actions">
        {question && (
          <button
            type="button"
            class="plain"
            onClick={() => {
              answering.set(question);
              document.querySelector('textarea')?.focus();
            }}
          >
            {words.answer}
          </button>
        )}
        {asks && (
          <button type="button" class="link" onClick={() => setAsking(true)}>
            {question ? words.ask : words['ask-title']}
          </button>
        )}
      </div>
      {asking && <AskDialog question={feed.question} onClose={() => setAsking(false)} />}
    </section>
  );
}

/** Lets the notes scroll clear of the card, and keeps those in view in place. @returns a function that undoes it */
function makeRoomFor(card: HTMLElement): () => void {
  const frame = card.parentElement;
  const notes = frame?.querySelector('.notes');
  let covered = 0;
  const cover = (height: number): void => {
    frame?.style.setProperty('--covered', `${height}px`);
    if (notes) notes.scrollTop += height - covered;
    covered = height;
  };
  const observer = new ResizeObserver(() => cover(card.offsetHeight));
  observer.observe(card);
  return () => {
    observer.disconnect();
    cover(0);
  };
}
