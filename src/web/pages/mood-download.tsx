import { unmask, type FragmentType } from '../generated/fragment-masking';
import { MoodFieldsFragmentDoc } from '../generated/graphql';
import { useWords } from '../state/page';
import { EMOTIONS, type Words } from '../words/words';
import { toCsv } from './csv';
import type { Step } from './plot';

type Moods = readonly FragmentType<typeof MoodFieldsFragmentDoc>[];

/** One row for each hour or day, with the time in ISO 8601 and shares from 0 to 1. */
function tableOf(words: Words, masked: Moods, step: Step): string {
  const feelings = EMOTIONS.map((emotion) => words[emotion]);
  const head = [words[step === 'HOUR' ? 'when-hour' : 'when-day'], words.count, words.valence, words.strongest, ...feelings];
  const rows = unmask(MoodFieldsFragmentDoc, masked).map(({ windowStart, messageCount, valence, dominantEmotion, scores }) => {
    const shares = EMOTIONS.map((emotion) => scores.find((one) => one.emotion === emotion)?.score ?? 0);
    return [windowStart, messageCount, valence, dominantEmotion ? words[dominantEmotion] : '', ...shares];
  });
  return toCsv([head, ...rows]);
}

/** Saves what the chart shows as a file for spreadsheets. */
export function MoodDownload({ room, moods, step }: { room: string; moods: Moods; step: Step }) {
  const words = useWords();
  const save = () => {
    const url = URL.createObjectURL(new Blob([tableOf(words, moods, step)], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `mood-${room}-${new Date().toISOString().slice(0, 10)}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <button type="button" class="link" onClick={save}>
      {words['save-csv']}
    </button>
  );
}
