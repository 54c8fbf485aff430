import type { Emotion } from '../generated/graphql';
import { useWords } from '../state/page';
import { fill } from '../words/words';
import { Feeling, Icon } from './icons';
import { Phrase } from './phrase';
import { useMinute } from './time';

interface BadgeProps {
  readonly feeling?: Emotion | null | undefined;
  readonly shownEmotion?: Emotion | null | undefined;
}

/** The feeling of a note, and whether the writer said it or it was read from the text. Nothing where the model is not sure. */
export function Badge({ feeling, shownEmotion }: BadgeProps) {
  const words = useWords();
  if (!shownEmotion) return null;
  const source = feeling ? 'said' : 'read';
  return (
    <span class={`badge ${source}`} title={words[`${source}-hint`]}>
      <Feeling emotion={shownEmotion} word={words[shownEmotion]} />
      <small key={words[source]}>{words[source]}</small>
    </span>
  );
}

/** The setting FEELING_WINDOW by default. The server decides. */
const FEELING_WINDOW_MS = 600_000;

export const canChangeFeeling = (sentAt: string, now: number): boolean => now - Date.parse(sentAt) < FEELING_WINDOW_MS;

/** The badge of the person's own note. Shortly after writing it is a button that corrects it. */
export function OwnBadge({ feeling, shownEmotion, sentAt, onChange }: BadgeProps & { sentAt: string; onChange: () => void }) {
  const words = useWords();
  if (!canChangeFeeling(sentAt, useMinute())) return <Badge feeling={feeling} shownEmotion={shownEmotion} />;
  const label = shownEmotion ? fill(words['change-feeling'], { feeling: words[shownEmotion] }) : undefined;
  return (
    <button class="own-badge" type="button" aria-label={label} onClick={onChange}>
      {shownEmotion ? (
        <Badge feeling={feeling} shownEmotion={shownEmotion} />
      ) : (
        <>
          <Icon name="plus" />
          <Phrase>{words['add-feeling']}</Phrase>
        </>
      )}
    </button>
  );
}
