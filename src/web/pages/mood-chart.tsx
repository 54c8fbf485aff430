import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'preact/hooks';
import { unmask, type FragmentType } from '../generated/fragment-masking';
import { MoodFieldsFragmentDoc, type Emotion, type MoodFieldsFragment } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import type { Locale } from '../state/settings';
import { useStore } from '../state/use-store';
import { Phrase } from '../view/phrase';
import { dateFormat } from '../view/time';
import { EMOTIONS } from '../words/words';

export type Step = 'HOUR' | 'DAY';
const HEIGHT = 190;
const LABEL_PX = 64;

const nameOf = (locale: Locale, step: Step, at: string): string =>
  dateFormat(locale, step === 'HOUR' ? { hour: 'numeric', day: 'numeric', month: 'short' } : { dateStyle: 'medium' }).format(
    Date.parse(at),
  );

interface MoodChartProps {
  readonly moods: readonly FragmentType<typeof MoodFieldsFragmentDoc>[];
  readonly step: Step;
}

/** The shares of the eight feelings by hour or day, as a chart and as a table. */
export function MoodChart({ moods: masked, step }: MoodChartProps) {
  const moods = unmask(MoodFieldsFragmentDoc, masked);
  const words = useWords();
  const { settings } = usePage();
  const locale = useStore(settings.locale);
  const theme = useStore(settings.theme);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return;
    const plot = draw(box.current, moods, step, locale);
    const observer = new ResizeObserver(([entry]) => {
      if (entry) plot.setSize({ width: entry.contentRect.width, height: HEIGHT });
    });
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [moods, step, locale, theme]);
  const filled = moods.filter(({ messageCount }) => messageCount > 0);
  return (
    <figure class="chart">
      <div ref={box} class="plot" role="img" aria-label={words['chart-label']} />
      <ul class="legend">
        {EMOTIONS.map((emotion) => (
          <li key={emotion} class={emotion}>
            <i aria-hidden="true" /> {words[emotion]}
          </li>
        ))}
      </ul>
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
                  <td>{mood.messageCount}</td>
                  <td>{mood.dominantEmotion ? words[mood.dominantEmotion] : words.none}</td>
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

function draw(box: HTMLElement, moods: readonly MoodFieldsFragment[], step: Step, locale: Locale): uPlot {
  const hues = colours(box);
  // Shares, because one busy hour would flatten all others. The table has the numbers of notes.
  const stacked = EMOTIONS.map((_, upTo) =>
    moods.map(({ scores }) => {
      const sum = scores.reduce((total, { score }) => total + score, 0);
      const part = scores
        .filter(({ emotion }) => EMOTIONS.indexOf(emotion) <= upTo)
        .reduce((total, { score }) => total + score, 0);
      return sum > 0 ? (100 * part) / sum : null;
    }),
  );
  const times = moods.map(({ windowStart }) => Date.parse(windowStart) / 1_000);
  const half = ((times[1] ?? 0) - (times[0] ?? 0)) / 2 || (step === 'HOUR' ? 1_800 : 43_200);
  const bars = uPlot.paths.bars?.({ size: [0.7, 40] });
  const { color } = getComputedStyle(box);
  const label = (seconds: number): string =>
    dateFormat(locale, step === 'HOUR' ? { hour: 'numeric' } : { month: 'numeric', day: 'numeric' }).format(seconds * 1_000);
  return new uPlot(
    {
      width: box.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { range: (_, min, max) => [min - half, max + half] }, y: { range: [0, 100] } },
      axes: [
        {
          stroke: color,
          grid: { show: false },
          ticks: { show: false },
          size: 28,
          // A label for every bar, or for every second, third … where there is no room.
          splits: ({ width }) => {
            const every = Math.ceil((times.length * LABEL_PX) / width);
            return times.filter((_, i) => i % every === 0);
          },
          values: (_, splits) => splits.map(label),
        },
        {
          stroke: color,
          grid: { stroke: hues.line, width: 1 },
          ticks: { show: false },
          size: 44,
          // Not at the bottom, where it would collide with the first name of the other axis.
          values: (_, splits) => splits.map((percent) => (percent > 0 ? `${percent}%` : '')),
        },
      ],
      series: [
        {},
        // The highest bar first: each lower one is drawn over it.
        ...EMOTIONS.map((emotion) => ({
          fill: hues[emotion],
          width: 0,
          points: { show: false },
          ...(bars && { paths: bars }),
        })).reverse(),
      ],
    },
    [times, ...stacked.reverse()],
    box,
  );
}

/** The current colours of the style sheet. A canvas cannot read its variables. */
function colours(box: HTMLElement): Record<Emotion | 'line', string> {
  const probe = box.appendChild(document.createElement('i'));
  probe.style.color = 'var(--hue)';
  const found = { line: '' } as Record<Emotion | 'line', string>;
  for (const emotion of EMOTIONS) {
    probe.className = emotion;
    found[emotion] = getComputedStyle(probe).color;
  }
  probe.className = '';
  probe.style.color = 'var(--line)';
  found.line = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
