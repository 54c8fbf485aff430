export interface Line {
  readonly name: string;
  readonly colour: string;
  readonly dashed: boolean;
  /** Points with an infinite y are left out. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

const WIDTH = 860;
const HEIGHT = 440;
const MARGIN = { left: 70, right: 230, top: 40, bottom: 45 };
const LEAST_Y = 1e-4;

/** Lines on logarithmic scales, from one power of ten to another. */
export function linePlot(title: string, x: string, y: string, lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points.filter(([, value]) => Number.isFinite(value)));
  const [left, right] = [Math.min(...points.map(([value]) => value)), Math.max(...points.map(([value]) => value))].map(
    Math.log10,
  );
  const top = Math.ceil(Math.log10(Math.max(...points.map(([, value]) => value))));
  const bottom = Math.log10(LEAST_Y);
  const atX = (value: number): number =>
    MARGIN.left + ((Math.log10(value) - (left ?? 0)) / ((right ?? 1) - (left ?? 0))) * (WIDTH - MARGIN.left - MARGIN.right);
  const atY = (value: number): number =>
    MARGIN.top + ((top - Math.log10(Math.max(LEAST_Y, value))) / (top - bottom)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const text = (px: number, py: number, content: string, anchor = 'start', weight = 'normal'): string =>
    `<text x="${px.toFixed(1)}" y="${py.toFixed(1)}" text-anchor="${anchor}" font-weight="${weight}">${content}</text>`;
  const grid = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  const number = (value: number): string => (value >= 1 ? value.toLocaleString('en') : String(Number(value.toPrecision(1))));
  const [plotRight, plotBottom] = [WIDTH - MARGIN.right, HEIGHT - MARGIN.bottom];
  const parts = [
    text(MARGIN.left, 22, title, 'start', 'bold'),
    text((MARGIN.left + plotRight) / 2, HEIGHT - 10, x, 'middle'),
    `<text x="16" y="${HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 ${HEIGHT / 2})">${y}</text>`,
    ...grid(Math.round(left ?? 0), Math.round(right ?? 0)).flatMap((value) => [
      `<path d="M${atX(value).toFixed(1)} ${MARGIN.top}V${plotBottom}" stroke="#ddd"/>`,
      text(atX(value), plotBottom + 16, number(value), 'middle'),
    ]),
    ...grid(bottom, top).flatMap((value) => [
      `<path d="M${MARGIN.left} ${atY(value).toFixed(1)}H${plotRight}" stroke="${value === 1 ? '#888' : '#ddd'}"/>`,
      text(MARGIN.left - 6, atY(value) + 4, number(value), 'end'),
    ]),
    ...lines.flatMap(({ name, colour, dashed, points: all }, i) => {
      const path = all
        .filter(([, value]) => Number.isFinite(value))
        .map(([px, py], at) => `${at === 0 ? 'M' : 'L'}${atX(px).toFixed(1)} ${atY(py).toFixed(1)}`)
        .join('');
      const stroke = `stroke="${colour}" stroke-width="2"${dashed ? ' stroke-dasharray="6 4"' : ''} fill="none"`;
      const legendY = MARGIN.top + 10 + 20 * i;
      return [
        `<path d="${path}" ${stroke}/>`,
        `<path d="M${plotRight + 14} ${legendY}h28" ${stroke}/>`,
        text(plotRight + 48, legendY + 4, name),
      ];
    }),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11">` +
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>${parts.join('')}</svg>\n`
  );
}
