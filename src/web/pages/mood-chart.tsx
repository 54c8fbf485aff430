import { useState } from 'preact/hooks';
import { unmask, type FragmentType } from '../generated/fragment-masking';
import { MoodFieldsFragmentDoc, type MoodFieldsFragment } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import type { Locale } from '../state/settings';
import { useStore } from '../state/use-store';
import { Phrase } from '../view/phrase';
import { dateFormat } from '../view/time';
import { EMOTIONS, fill, formatCount, type Words } from '../words/words';
import { Plot, type Step } from './plot';

export type { Step } from './plot';

const nameOf = (locale: Locale, step: Step, at: string): string =>
  dateFormat(locale, step === 'HOUR' ? { hour: 'numeric', day: 'numeric', month: 'short' } : { dateStyle: 'medium' }).format(
    Date.parse(at),
  );

const feelingOf = (words: Words, { messageCount, dominantEmotion }: MoodFieldsFragment): string =>
  dominantEmotion ? words[dominantEmotion] : messageCount > 0 ? words['mood-mixed'] : words['mood-none'];

interface MoodChartProps {
  readonly moods: readonly FragmentType<typeof MoodFieldsFragmentDoc>[];
  readonly step: Step;
}

/** The brightness and the number of notes by hour or day, the shares of the eight feelings on demand, and all of it as a table. */
export function MoodChart({ moods: masked, step }: MoodChartProps) {
  const moods = unmask(MoodFieldsFragmentDoc, masked);
  const words = useWords();
  const locale = useStore(usePage().settings.locale);
  const [eight, setEight] = useState(false);
  const filled = moods.filter(({ messageCount }) => messageCount > 0);
  const tip = (mood: MoodFieldsFragment) => [
    nameOf(locale, step, mood.windowStart),
    fill(words['mood-count'], { n: mood.messageCount }),
    ...(mood.messageCount > 0 ? [feelingOf(words, mood)] : []),
  ];
  return (
    <figure class="chart">
      <Plot moods={moods} step={step} eight={eight} label={words[eight ? 'eight-label' : 'chart-label']} tip={tip} />
      {eight ? (
        <ul class="legend">
          {EMOTIONS.map((emotion) => (
            <li key={emotion} class={emotion}>
              <i aria-hidden="true" /> {words[emotion]}
            </li>
          ))}
        </ul>
      ) : (
        <ul class="legend">
          <li class="brightness">
            <i aria-hidden="true" /> {words.valence}
          </li>
          <li class="amount">
            <i aria-hidden="true" /> {words['note-count']}
          </li>
        </ul>
      )}
      <button class="link" type="button" onClick={() => setEight(!eight)}>
        <Phrase>{eight ? words.two : words.eight}</Phrase>
      </button>
      <details>
        <summary>{words['as-table']}</summary>
        <div class="table" tabIndex={0} role="region" aria-label={words['as-table']}>
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <Phrase>{words[step === 'HOUR' ? 'when-hour' : 'when-day']}</Phrase>
                </th>
                <th scope="col">{words.count}</th>
                <th scope="col">{words.strongest}</th>
                <th scope="col">{words.valence}</th>
              </tr>
            </thead>
            <tbody>
              {filled.map((mood) => (
                <tr key={mood.windowStart}>
                  <th scope="row">{nameOf(locale, step, mood.windowStart)}</th>
                  <td>{formatCount(mood.messageCount)}</td>
                  <td>{feelingOf(words, mood)}</td>
                  <td>{mood.valence.toFixed(2)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
