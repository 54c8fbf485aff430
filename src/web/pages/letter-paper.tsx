import { useEffect, useState } from 'preact/hooks';
import { unmask, type FragmentType } from '../generated/fragment-masking';
import { LetterFieldsFragmentDoc } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import type { Locale } from '../state/settings';
import { useStore } from '../state/use-store';
import { Feeling } from '../view/icons';
import { Phrase } from '../view/phrase';
import { dateFormat } from '../view/time';
import { EMOTIONS, fill } from '../words/words';
import { Markdown } from './markdown';

/** Writers from which on the shares of feelings are shown. */
const MIN_WRITERS = 3;

/** A letter with its facts and its question, and below it what it was written from. Showing it marks it as read. */
export function LetterPaper({ letter: masked }: { letter: FragmentType<typeof LetterFieldsFragmentDoc> }) {
  const letter = unmask(LetterFieldsFragmentDoc, masked);
  const words = useWords();
  const { letters, settings } = usePage();
  const locale = useStore(settings.locale);
  useEffect(() => letters.open(letter.id), [letter.id]);
  const original: Locale = letter.locale === 'ko' ? 'ko' : 'en';
  const other: Locale = original === 'ko' ? 'en' : 'ko';
  const translation = letter[other];
  const [translated, setTranslated] = useState(locale === other);
  const shown = translated && translation ? { text: translation, lang: other } : { text: letter.letter, lang: original };
  return (
    <article class="letter">
      <header>
        <h1>
          <time dateTime={letter.windowStart}>
            {dateFormat(locale, { dateStyle: 'full' }).format(Date.parse(letter.windowStart))}
          </time>
        </h1>
        {translation && (
          <button class="link" type="button" onClick={() => setTranslated(!translated)}>
            <Phrase>{words[shown.lang === 'ko' ? 'read-english' : 'read-korean']}</Phrase>
          </button>
        )}
      </header>
      <div lang={shown.lang}>
        <Markdown text={shown.text} />
      </div>
      {letter.facts.length > 0 && (
        <ul class="marks" lang={original} aria-label={words.facts}>
          {letter.facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      <AskedByLetter letter={letter} lang={original} />
      <footer>
        {/* The figures of one or two people would be those of a person. */}
        {letter.participantCount >= MIN_WRITERS && <LetterMood mood={letter.mood} />}
        {letter.topics.length > 0 && (
          <>
            <h2>{words.topics}</h2>
            <ul class="topics" lang={original}>
              {letter.topics.map((topic) => (
                <li key={topic}>{topic}</li>
              ))}
            </ul>
          </>
        )}
        {!letter.scheduled && <p>{words.asked}</p>}
        {letter.answerCount > 0 && (
          <p>
            <Phrase>{fill(words['letter-answers'], { n: letter.answerCount })}</Phrase>
          </p>
        )}
        <p>{fill(words['letter-about'], { people: letter.participantCount, n: letter.messageCount })}</p>
        <p>{fill(letter.source === 'LOCAL' ? words['by-local'] : words['by-openai'], { model: letter.model })}</p>
      </footer>
    </article>
  );
}

interface Asked {
  readonly id: string;
  readonly room: string;
  readonly question: string;
  readonly scheduled: boolean;
}

/** The question of the letter. That of a letter which is not stored cannot be answered. */
function AskedByLetter({ letter: { id, room, question, scheduled }, lang }: { letter: Asked; lang: Locale }) {
  const words = useWords();
  const { answering, go } = usePage();
  return (
    <section class="asked">
      <h2>{words['letter-question']}</h2>
      <p lang={lang}>{question}</p>
      {scheduled && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            go({ view: 'wall', room });
            answering.set({ id, room, text: question });
          }}
        >
          {words.answer}
        </button>
      )}
    </section>
  );
}

interface MoodOfLetter {
  readonly dominantEmotion?: (typeof EMOTIONS)[number] | null;
  readonly messageCount: number;
  readonly scores: readonly { readonly emotion: (typeof EMOTIONS)[number]; readonly score: number }[];
}

/** The leading feeling, and all eight on demand. */
function LetterMood({ mood }: { mood: MoodOfLetter }) {
  const words = useWords();
  const sum = mood.scores.reduce((total, { score }) => total + score, 0);
  if (mood.messageCount === 0 || sum === 0) return null;
  const shares = EMOTIONS.map((emotion) => ({
    emotion,
    share: (mood.scores.find((one) => one.emotion === emotion)?.score ?? 0) / sum,
  }));
  const { dominantEmotion } = mood;
  return (
    <>
      <div class="strip" aria-hidden="true">
        {shares.map(({ emotion, share }) => (
          <i key={emotion} class={emotion} style={{ flexGrow: share.toFixed(3) }} />
        ))}
      </div>
      <p class={dominantEmotion ?? ''}>
        {dominantEmotion ? <Feeling emotion={dominantEmotion} word={words[dominantEmotion]} /> : words['mood-mixed']}
      </p>
      <details>
        <summary>{words.eight}</summary>
        <ul class="shares">
          {shares.map(({ emotion, share }) => (
            <li key={emotion} class={emotion}>
              <Feeling emotion={emotion} word={words[emotion]} /> {Math.round(share * 100)}%
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
