/** The figures in the READMEs. They stand between comments that name them, and are replaced by the results that were kept last. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bestOther, CHARTED, loadResults, medianOf } from './fan-out/results';
import { OURS, labelOf, type Name, type Peer } from './servers/catalogue';
import { round, spreadOf } from './support/stats';

/** Processor time in microseconds per message, latencies in milliseconds. */
export interface IngestFigures {
  readonly cpuAt100: number;
  readonly cpuAt500: number;
  readonly cpuAtMost: number;
  readonly most: number;
  readonly p50At500: number;
  readonly p99At500: number;
  readonly p50At1000: number;
  readonly p99At1000: number;
  readonly loadCoresAtMost: number;
}
export interface IngestResults {
  readonly runs: Readonly<Partial<Record<Name, readonly IngestFigures[]>>>;
}

const READMES = ['README.md', 'README.ko.md'].map((name) => join(__dirname, '..', '..', name));
const INGEST = join(__dirname, 'results', 'ingest.json');
const FIGURE = /(<!-- figure: ([\w-]+) ([\w-]+) ([\w-]+) -->)[^<]*(<!-- \/figure -->)/g;
const KINDS: Readonly<Record<string, readonly Peer['kind'][]>> = { graphql: ['graphql'], any: ['graphql', 'other'] };

const short = (value: number): string => round(value, value >= 100 ? 0 : value >= 10 ? 1 : 2).toLocaleString('en');

/** @param which ours, or the best other server of a kind, or its name: graphql, graphql-name, any, any-name */
function deliveryFigure(load: string, which: string): string {
  const runs = loadResults()[load]?.runs ?? {};
  if (which === 'ours') return short(medianOf(runs[OURS], CHARTED));
  const [kind = '', name] = which.split('-');
  const best = bestOther(runs, KINDS[kind] ?? []);
  if (!best) return '?';
  return name ? labelOf(best.name) : short(best.value);
}

function ingestMedian(figure: keyof IngestFigures, server: Name): number {
  if (!existsSync(INGEST)) return NaN;
  const { runs } = JSON.parse(readFileSync(INGEST, 'utf8')) as IngestResults;
  return spreadOf(runs[server]?.map((run) => run[figure]) ?? []).median;
}
export const ourIngest = (figure: keyof IngestFigures): number => ingestMedian(figure, OURS);

function ingestFigure(figure: string, which: string): string {
  const median = ingestMedian(figure as keyof IngestFigures, (which === 'ours' ? OURS : which) as Name);
  return Number.isFinite(median) ? short(median) : '?';
}

/** Inserts the figures that the text names. */
export const withFigures = (text: string): string =>
  text.replace(FIGURE, (_, open: string, bench: string, name: string, which: string, close: string) => {
    return open + (bench === 'ingest' ? ingestFigure(name, which) : deliveryFigure(name, which)) + close;
  });

export function writeReadmes(): void {
  for (const readme of READMES) writeFileSync(readme, withFigures(readFileSync(readme, 'utf8')));
}
