import { useState } from 'preact/hooks';
import { TimelineDocument } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { MoodMeter } from '../view/mood-meter';
import { Phrase } from '../view/phrase';
import { useQuery } from '../view/use-query';
import { MoodDownload } from './mood-download';
import { MoodChart, type Step } from './mood-chart';
import { PlaceHead } from './place-head';
import { Main } from '../view/main';
import { Waiting } from './waiting';

const HOUR_MS = 3_600_000;
const SPAN: Readonly<Record<Step, number>> = { HOUR: 24 * HOUR_MS, DAY: 30 * 24 * HOUR_MS };

/** The mood of a room by hour and by day. */
export default function MoodPage() {
  const words = useWords();
  const { session, feed } = usePage();
  const current = useStore(feed);
  const [step, setStep] = useState<Step>('HOUR');
  const query = useQuery(async () => {
    const now = Date.now();
    const from = new Date(now - SPAN[step]).toISOString();
    const variables = { room: current.room, from, to: new Date(now).toISOString(), bucket: step };
    return { step, moods: (await session.run(TimelineDocument, variables)).moodTimeline };
  }, [current.room, step]);
  return (
    <Main>
      <PlaceHead name={words.mood} room={current.room} />
      <section class="card">
        <MoodMeter feed={current} />
      </section>
      <section class="card">
        <header class="row">
          <h2>
            <Phrase>{words[step === 'HOUR' ? 'chart-hours' : 'chart-days']}</Phrase>
          </h2>
          <div class="choice">
            {(['HOUR', 'DAY'] as const).map((choice) => (
              <button key={choice} type="button" class="plain" aria-pressed={step === choice} onClick={() => setStep(choice)}>
                {choice === 'HOUR' ? words['by-hour'] : words['by-day']}
              </button>
            ))}
          </div>
        </header>
        {query.data ? (
          <>
            <MoodChart moods={query.data.moods} step={query.data.step} />
            <MoodDownload room={current.room} moods={query.data.moods} step={query.data.step} />
          </>
        ) : (
          <Waiting query={query} />
        )}
      </section>
    </Main>
  );
}
