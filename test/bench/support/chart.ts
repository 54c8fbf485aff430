/** Draws a figure of several servers under several loads, with the range of the runs. */
export interface Point {
  readonly group: string;
  readonly name: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

const WIDTH = 960;
const LEFT = 230;
const RIGHT = 90;
const ROW = 16;
const GAP = 26;
const OURS = '#d1495b';
const OTHERS = '#2e4057';
const STEPS = [1, 2, 5];

/** @param emphasised the server in another colour */
export function dotChart(title: string, points: readonly Point[], emphasised: string): string {
  const drawable = points.filter(({ min }) => min > 0);
  const low = Math.log10(Math.min(...drawable.map(({ min }) => min))) - 0.05;
  const high = Math.log10(Math.max(...drawable.map(({ max }) => max))) + 0.05;
  const x = (value: number) => LEFT + ((Math.log10(value) - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  const ticks: number[] = [];
  for (let power = Math.floor(low); power <= high; power++) ticks.push(...STEPS.map((step) => step * 10 ** power));
  const visible = ticks.filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high);
  const text = (at: number, y: number, content: string, attributes = '') =>
    `<text x="${at.toFixed(1)}" y="${y}" ${attributes}>${content}</text>`;
  const shown = (value: number) => Number(value.toPrecision(3)).toLocaleString('en');
  const marks: string[] = [];
  let y = 56;
  for (const group of new Set(drawable.map((point) => point.group))) {
    marks.push(text(10, y, group, 'font-weight="bold"'));
    y += ROW;
    for (const { name, median, min, max } of drawable.filter((point) => point.group === group)) {
      const colour = name === emphasised ? OURS : OTHERS;
      marks.push(
        text(LEFT - 10, y + 4, name, `text-anchor="end" fill="${colour}"`),
        `<line x1="${x(min).toFixed(1)}" x2="${x(max).toFixed(1)}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="3"/>`,
        `<circle cx="${x(median).toFixed(1)}" cy="${y}" r="4.5" fill="${colour}"/>`,
        text(x(max) + 9, y + 4, shown(median), `fill="${colour}"`),
      );
      y += ROW;
    }
    y += GAP - ROW;
  }
  const grid = visible.flatMap((tick) => [
    `<line x1="${x(tick).toFixed(1)}" x2="${x(tick).toFixed(1)}" y1="40" y2="${y - 10}" stroke="#d8dce3"/>`,
    text(x(tick), 36, shown(tick), 'text-anchor="middle" fill="#6b7280"'),
  ]);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="sans-serif" font-size="12">` +
    `<rect width="${WIDTH}" height="${y}" fill="white"/>${text(10, 18, title, 'font-weight="bold" font-size="14"')}` +
    `${grid.join('')}${marks.join('')}</svg>\n`
  );
}
