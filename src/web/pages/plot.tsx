import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Emotion, MoodFieldsFragment } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import type { Locale } from '../state/settings';
import { useStore } from '../state/use-store';
import { dateFormat } from '../view/time';
import { EMOTIONS, type Words } from '../words/words';

export type Step = 'HOUR' | 'DAY';
const HEIGHT = 190;
const LABEL_PX = 64;
/** Brightness at the upper end of the chart, at least. */
const MIN_BRIGHTNESS = 0.3;

interface PlotProps {
  readonly moods: readonly MoodFieldsFragment[];
  readonly step: Step;
  /** Whether to show the shares of the eight feelings in place of brightness and number of notes. */
  readonly eight: boolean;
  readonly label: string;
  /** What the tooltip of a mood says, line by line. */
  readonly tip: (mood: MoodFieldsFragment) => readonly string[];
}

/** The chart itself. Its tooltips follow the pointer, and the arrow keys while it has the focus. */
export function Plot({ moods, step, eight, label, tip }: PlotProps) {
  const words = useWords();
  const { settings } = usePage();
  const locale = useStore(settings.locale);
  const theme = useStore(settings.theme);
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<{ readonly index: number; readonly left: number } | null>(null);
  const move = useRef<(by: number) => void>(() => undefined);
  useEffect(() => {
    if (!box.current) return;
    const plot = draw(box.current, { moods, step, eight, locale, words }, (index, left) =>
      setAt(index === null ? null : { index, left }),
    );
    move.current = (by) => {
      const index = Math.min(Math.max((plot.cursor.idx ?? (by > 0 ? -1 : moods.length)) + by, 0), moods.length - 1);
      plot.setCursor({ left: plot.valToPos(plot.data[0][index] ?? 0, 'x'), top: 1 });
    };
    const observer = new ResizeObserver(([entry]) => {
      if (entry) plot.setSize({ width: entry.contentRect.width, height: HEIGHT });
    });
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      plot.destroy();
      setAt(null);
    };
  }, [moods, step, eight, locale, theme]);
  const mood = at && moods[at.index];
  return (
    <div class="plot-frame">
      <div
        ref={box}
        class="plot"
        role="img"
        tabIndex={0}
        aria-label={label}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
          event.preventDefault();
          move.current(event.key === 'ArrowRight' ? 1 : -1);
        }}
        onBlur={() => setAt(null)}
      />
      <div class="tip" role="status" hidden={!mood} style={{ left: `clamp(4.5rem, ${at?.left ?? 0}px, 100% - 4.5rem)` }}>
        {mood && tip(mood).map((line) => <span key={line}>{line}</span>)}
      </div>
    </div>
  );
}

interface Drawn extends Pick<PlotProps, 'moods' | 'step' | 'eight'> {
  readonly locale: Locale;
  readonly words: Words;
}

function draw(box: HTMLElement, drawn: Drawn, onPoint: (index: number | null, left: number) => void): uPlot {
  const { moods, step, eight, locale } = drawn;
  const hues = colours(box);
  const times = moods.map(({ windowStart }) => Date.parse(windowStart) / 1_000);
  const half = ((times[1] ?? 0) - (times[0] ?? 0)) / 2 || (step === 'HOUR' ? 1_800 : 43_200);
  const { color } = getComputedStyle(box);
  const label = (seconds: number): string =>
    dateFormat(locale, step === 'HOUR' ? { hour: 'numeric' } : { month: 'numeric', day: 'numeric' }).format(seconds * 1_000);
  const { series, data, scales, axis } = eight ? shares(moods, hues) : brightness(drawn, hues);
  return new uPlot(
    {
      width: box.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { x: true, y: false, drag: { setScale: false }, points: { show: false } },
      hooks: {
        setCursor: [
          ({ cursor: { idx, left = -1 }, bbox }) =>
            onPoint(idx == null || left < 0 ? null : idx, left + bbox.left / devicePixelRatio),
        ],
      },
      scales: { x: { range: (_, min, max) => [min - half, max + half] }, ...scales },
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
        { stroke: color, grid: { stroke: hues.line, width: 1 }, ticks: { show: false }, ...axis },
      ],
      series: [{}, ...series],
    },
    [times, ...data],
    box,
  );
}

type Layers = Pick<uPlot.Options, 'scales'> & {
  readonly series: uPlot.Series[];
  readonly data: (number | null)[][];
  readonly axis: uPlot.Axis;
};

const bars = uPlot.paths.bars?.({ size: [0.7, 40] });

/** A line of the brightness over bars of the number of notes. */
function brightness({ moods, words }: Drawn, hues: Hues): Layers {
  const valences = moods.map(({ messageCount, valence }) => (messageCount > 0 ? valence : null));
  const top = Math.max(MIN_BRIGHTNESS, ...valences.map((valence) => Math.abs(valence ?? 0))) * 1.15;
  const most = Math.max(1, ...moods.map(({ messageCount }) => messageCount));
  return {
    scales: { y: { range: [-top, top] }, notes: { range: [0, most * 1.1] } },
    series: [
      { scale: 'notes', fill: hues.raised, width: 0, points: { show: false }, ...(bars && { paths: bars }) },
      { stroke: hues.leaf, width: 2, points: { show: true, size: 5, fill: hues.leaf } },
    ],
    data: [moods.map(({ messageCount }) => messageCount), valences],
    axis: {
      size: 56,
      // Away from the ends: the first name of the other axis stands below.
      splits: [-top / 2, 0, top / 2],
      values: () => [words.heavy, '', words.bright],
    },
  };
}

/** Stacked shares, because one busy hour would flatten all others. */
function shares(moods: readonly MoodFieldsFragment[], hues: Hues): Layers {
  const stacked = EMOTIONS.map((_, upTo) =>
    moods.map(({ scores }) => {
      const sum = scores.reduce((total, { score }) => total + score, 0);
      const part = scores
        .filter(({ emotion }) => EMOTIONS.indexOf(emotion) <= upTo)
        .reduce((total, { score }) => total + score, 0);
      return sum > 0 ? (100 * part) / sum : null;
    }),
  );
  const series = EMOTIONS.map((emotion) => ({
    fill: hues[emotion],
    width: 0,
    points: { show: false },
    ...(bars && { paths: bars }),
  }));
  return {
    scales: { y: { range: [0, 100] } },
    // The highest bar first: each lower one is drawn over it.
    series: series.reverse(),
    data: stacked.reverse(),
    axis: {
      size: 56,
      // Not at the bottom, where it would collide with the first name of the other axis.
      values: (_, splits) => splits.map((percent) => (percent > 0 ? `${percent}%` : '')),
    },
  };
}

type Hues = Record<Emotion | 'line' | 'leaf' | 'raised', string>;

/** The current colours of the style sheet. A canvas cannot read its variables. */
function colours(box: HTMLElement): Hues {
  const probe = box.appendChild(document.createElement('i'));
  const read = (value: string, className = ''): string => {
    probe.className = className;
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const found = {
    ...Object.fromEntries(EMOTIONS.map((emotion) => [emotion, read('var(--hue)', emotion)])),
    ...{ line: read('var(--line)'), leaf: read('var(--leaf)'), raised: read('var(--bar)') },
  };
  probe.remove();
  return found as Hues;
}
