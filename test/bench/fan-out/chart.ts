export interface Bar {
  readonly group: string;
  readonly name: string;
  readonly value: number;
}

const WIDTH = 960;
const LABEL = 150;
const BAR = 14;
const GAP = 18;
const COLOURS = ['#8d99ae', '#d1495b', '#66a182', '#2e4057', '#edae49', '#7768ae'];

/** Horizontal bars on a logarithmic scale, one block per group. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const groups = [...new Set(bars.map(({ group }) => group))];
  const names = [...new Set(bars.map(({ name }) => name))];
  const low = Math.log10(Math.min(...bars.map(({ value }) => value)) / 2);
  const high = Math.log10(Math.max(...bars.map(({ value }) => value)));
  const lengthOf = (value: number) => ((Math.log10(value) - low) / (high - low)) * (WIDTH - 2 * LABEL - 80);
  const text = (x: number, y: number, content: string, anchor = 'start', weight = 'normal') =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}" font-weight="${weight}">${content}</text>`;
  const parts = [text(10, 22, title, 'start', 'bold')];
  let y = 40;
  for (const group of groups) {
    parts.push(text(10, y + BAR - 3, group, 'start', 'bold'));
    for (const { name, value } of bars.filter((bar) => bar.group === group)) {
      const length = lengthOf(value);
      parts.push(
        text(2 * LABEL - 8, y + BAR - 3, name, 'end'),
        `<rect x="${2 * LABEL}" y="${y}" width="${length.toFixed(1)}" height="${BAR - 2}" fill="${COLOURS[names.indexOf(name) % COLOURS.length]}"/>`,
        text(2 * LABEL + length + 6, y + BAR - 3, Number(value.toPrecision(3)).toLocaleString('en')),
      );
      y += BAR;
    }
    y += GAP;
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="sans-serif" font-size="11">` +
    `<rect width="${WIDTH}" height="${y}" fill="white"/>${parts.join('')}</svg>\n`
  );
}
