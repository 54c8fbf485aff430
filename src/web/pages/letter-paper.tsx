import { useEffect } from 'preact/hooks';
import { unmask, type FragmentType } from '../generated/fragment-masking';
import { LetterFieldsFragmentDoc } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { Feeling } from '../view/icons';
import { dateFormat } from '../view/time';
import { EMOTIONS, fill } from '../words/words';
import { Markdown } from './markdown';

/** A letter, and below it what it was written from. Showing it marks it as read. */
export function LetterPaper({ letter: masked }: { letter: FragmentType<typeof LetterFieldsFragmentDoc> }) {
  const letter = unmask(LetterFieldsFragmentDoc, masked);
  const words = useWords();
  const { letters, settings } = usePage();
  const locale = useStore(settings.locale);
  useEffect(() => letters.open(letter.id), [letter.id]);
  const { mood, topics } = letter;
  const sum = mood.scores.reduce((total, { score }) => total + score, 0);
  const scores = EMOTIONS.map((emotion) => ({ emotion, score: mood.scores.find((one) => one.emotion === emotion)?.score ?? 0 }));
  return (
    <article class="letter">
      <h1>
        <time dateTime={letter.windowStart}>
          {dateFormat(locale, { dateStyle: 'full' }).format(Date.parse(letter.windowStart))}
        </time>
      </h1>
      <div lang={letter.locale}>
        <Markdown text={letter.letter} />
      </div>
      <footer>
        <div class="strip" aria-hidden="true">
          {scores.map(({ emotion, score }) => (
            <i key={emotion} class={emotion} style={{ flexGrow: sum > 0 ? (score / sum).toFixed(3) : 0 }} />
          ))}
        </div>
        <ul class="shares">
          {scores
            .filter(({ score }) => sum > 0 && score / sum >= 0.04)
            .sort((a, b) => b.score - a.score)
            .map(({ emotion, score }) => (
              <li key={emotion} class={emotion}>
                <Feeling emotion={emotion} word={words[emotion]} /> {Math.round((score / sum) * 100)}%
              </li>
            ))}
        </ul>
        {topics.length > 0 && (
          <>
            <h3>{words.topics}</h3>
            <ul class="topics" lang={letter.locale}>
              {topics.map((topic) => (
                <li key={topic}>{topic}</li>
              ))}
            </ul>
          </>
        )}
        {!letter.scheduled && <p>{words.asked}</p>}
        <p>{fill(words['letter-about'], { people: letter.participantCount, n: letter.messageCount })}</p>
        <p>{fill(letter.source === 'LOCAL' ? words['by-local'] : words['by-openai'], { model: letter.model })}</p>
      </footer>
    </article>
  );
}
