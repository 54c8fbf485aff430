import { EMOTIONS } from '../../../src/domain/emotion';
import type { Insight } from '../../../src/domain/insight';
import { parseQuestion } from '../../../src/domain/question';
import { chooseQuestion, QUESTIONS, questionOf, type QuestionTheme } from '../../../src/insights/question/choose-question';
import { insight } from '../../contracts/samples';

const THEMES: readonly QuestionTheme[] = [...EMOTIONS, 'MIXED', 'QUIET'];
const LOCALES = ['ko', 'en'] as const;

describe('the lists of questions', () => {
  it.each(LOCALES)('%s: has 24 valid questions for each theme, each once', (locale) => {
    expect(Object.keys(QUESTIONS[locale]).sort()).toEqual([...THEMES].sort());
    const all = THEMES.flatMap((theme) => QUESTIONS[locale][theme]);
    for (const theme of THEMES) expect(QUESTIONS[locale][theme]).toHaveLength(24);
    expect(new Set(all.map((text) => text.replace(/\P{L}/gu, '').toLowerCase())).size).toBe(240);
    for (const text of all) {
      expect(parseQuestion(text)).toBe(text);
      expect(text).toMatch(locale === 'ko' ? /[요까]\?$/ : /^[A-Z].*[?.]$/);
      expect([...text].length).toBeLessThan(70);
    }
  });
});

describe('choosing a question', () => {
  it('gives the same letter the same question of its theme, and other letters others', () => {
    const ask = (id: string) => chooseQuestion({ id, locale: 'ko', theme: 'JOY' });
    expect(ask('main:1')).toBe(ask('main:1'));
    const chosen = Array.from({ length: 100 }, (_, i) => ask(`main:${i}`));
    for (const text of chosen) expect(QUESTIONS.ko.JOY).toContain(text);
    expect(new Set(chosen).size).toBeGreaterThan(15);
  });

  it('repeats none of the recent ones until a language has no other, then the one of longest ago', () => {
    const recent: string[] = [];
    for (let i = 0; i < 240; i++) recent.unshift(chooseQuestion({ id: `main:${i}`, locale: 'en', theme: 'SADNESS', recent }));
    expect(new Set(recent).size).toBe(240);
    expect(new Set(recent.slice(-24))).toEqual(new Set(QUESTIONS.en.SADNESS));
    // No list for a bright day before those for an unpleasant one.
    expect(QUESTIONS.en.JOY).not.toEqual(expect.arrayContaining(recent.slice(-144)));
    expect(chooseQuestion({ id: 'next', locale: 'en', theme: 'SADNESS', recent })).toBe(recent.at(-1));
  });

  it('gives a letter of a version without questions one by its id and mood', () => {
    const old: Insight = insight('main:7', 1);
    expect(questionOf(old)).toBe(questionOf(old));
    expect(QUESTIONS.ko.JOY).toContain(questionOf(old));
    expect(QUESTIONS.en.MIXED).toContain(questionOf({ ...old, locale: 'en', mood: { ...old.mood, dominant: null } }));
    expect(QUESTIONS.ko.QUIET).toContain(questionOf({ ...old, mood: { ...old.mood, messageCount: 0 } }));
    expect(questionOf({ ...old, question: '별일 없죠?' })).toBe('별일 없죠?');
  });
});

describe('a question that somebody asks', () => {
  it.each(['a', ' 오늘 뭐 먹었어요? ', '👩‍👩‍👧?', 'x'.repeat(200), 'a\tb'])('%j is accepted, trimmed and composed', (raw) => {
    expect(parseQuestion(raw)).toBe(raw.trim().replace('\t', ' ').normalize('NFC'));
  });

  it.each(['', '  ', '\u200b\u3164', 'x'.repeat(201), 'two\nlines', 'a\u0000b', 'a\u2028b', '\ud800'])('%j is refused', (raw) => {
    expect(() => parseQuestion(raw)).toThrow('text must be 1 to 200 characters on one line.');
  });
});
