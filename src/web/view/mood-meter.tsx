import type { RoomFeed } from '../state/room-feed';
import { useEffect } from 'preact/hooks';
import { unmask } from '../generated/fragment-masking';
import { MoodFieldsFragmentDoc } from '../generated/graphql';
import { useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { EMOTIONS, fill } from '../words/words';
import { Feeling } from './icons';
import { Link } from './link';
import { Phrase } from './phrase';

/** The feelings of the last hour as a strip. The strongest also tints the page. */
export function MoodMeter({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const mood = unmask(MoodFieldsFragmentDoc, useStore(feed.mood));
  const dominant = mood?.dominantEmotion ?? null;
  useEffect(() => {
    document.documentElement.dataset['mood'] = dominant ?? '';
  }, [dominant]);
  const scores = new Map(mood?.scores.map(({ emotion, score }) => [emotion, score]));
  const sum = [...scores.values()].reduce((total, score) => total + score, 0);
  return (
    <Link class="meter" to={{ view: 'mood', room: feed.room }}>
      <span class="quiet">{words['last-hour']}</span>
      <span class="strip" aria-hidden="true">
        {sum > 0 &&
          EMOTIONS.map((emotion) => (
            <i key={emotion} class={emotion} style={{ flexGrow: ((scores.get(emotion) ?? 0) / sum).toFixed(3) }} />
          ))}
      </span>
      {dominant ? (
        <Feeling emotion={dominant} word={words[dominant]} />
      ) : (
        <span class="quiet">
          <Phrase>{mood ? words[mood.messageCount > 0 ? 'mood-mixed' : 'mood-none'] : ''}</Phrase>
        </span>
      )}
      <span class="hidden-copy">
        <Phrase>{fill(words['mood-count'], { n: mood?.messageCount ?? 0 })}</Phrase>
      </span>
    </Link>
  );
}
