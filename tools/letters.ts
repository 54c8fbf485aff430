/**
 * `npm run docs:letters`: prints the letters of a simulated month in four rooms, in Korean and in English, and updates the two that
 * stand in docs/insight.md. The same code gives the same letters.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { letterIn, type Insight } from '../src/domain/insight';
import { simulateMonth } from './letters/month';

/** Letters shown in the document: room, first day of the window and language. */
const SHOWN = [
  { room: 'bootcamp', day: '2026-11-17', locale: 'ko' },
  { room: 'office', day: '2026-11-12', locale: 'en' },
] as const;

const document = join(__dirname, '../docs/insight.md');
const dayOf = ({ window }: Insight): string => new Date(window.start).toISOString().slice(0, 10);

async function main(): Promise<void> {
  const days = await simulateMonth();
  for (const { room, insight } of days) {
    process.stdout.write(`\n---- ${room.title}, ${dayOf(insight)}\n`);
    for (const locale of ['ko', 'en']) process.stdout.write(`\n${letterIn(insight, locale) ?? ''}\n`);
    if (insight.facts) process.stdout.write(`\n[${insight.facts.join(' | ')}]\n`);
  }
  let text = readFileSync(document, 'utf8');
  for (const { room, day, locale } of SHOWN) {
    const shown = days.find(({ insight }) => insight.room === room && dayOf(insight) === day);
    const letter = shown && letterIn(shown.insight, locale);
    if (!letter) throw new Error(`there is no letter of ${room} on ${day}`);
    const quoted = [letter, ...(shown.insight.facts ?? []).map((fact, i) => (i === 0 ? `\n- ${fact}` : `- ${fact}`))]
      .join('\n')
      .split('\n')
      .map((line) => `> ${line}`.trimEnd())
      .join('\n');
    text = text.replace(
      new RegExp(`(<!-- letter: ${room} -->\n)[^]*?(<!-- /letter -->)`),
      (_, open: string, close: string) => `${open}\n${quoted}\n\n${close}`,
    );
  }
  writeFileSync(document, text);
}

void main();
