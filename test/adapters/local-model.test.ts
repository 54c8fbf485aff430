import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCAL_MODEL, loadLocalModel } from '../../src/adapters/local-model/local-model';
import { EMOTIONS, NO_EMOTION, valence, type Emotion } from '../../src/domain/emotion';
import { StartupError } from '../../src/domain/startup-error';

const MODELS = join(__dirname, '../../models');
const model = loadLocalModel();
const score = (text: string, emotion: Emotion) => model.score(text).scores[EMOTIONS.indexOf(emotion)] ?? NaN;

describe('the local model', () => {
  it('reports its name and has at most 4 MB of files', () => {
    expect(model.model).toBe(LOCAL_MODEL);
    const bytes = readdirSync(MODELS).reduce((sum, file) => sum + statSync(join(MODELS, file)).size, 0);
    expect(bytes).toBeLessThan(4_000_000);
  });

  it.each([
    ['합격해서 너무 기뻐요!!', 'JOY'],
    ['this is hilarious, I laughed so hard', 'JOY'],
    ['도와주셔서 정말 감사합니다', 'LOVE'],
    ['thank you so much, you are wonderful', 'LOVE'],
    ['the test was negative, what a relief', 'CALM'],
    ['다음 여행이 정말 기대돼요', 'HOPE'],
    ['I hope it works out', 'HOPE'],
    ['너무 슬퍼요 ㅠㅠ', 'SADNESS'],
    ['I cried all night, so sad', 'SADNESS'],
    ['진짜 짜증나고 화가 나요', 'ANGER'],
    ['shut up, you stupid idiot', 'ANGER'],
    ['시험 때문에 불안하고 걱정돼요', 'ANXIETY'],
    ["I'm scared and worried about tomorrow", 'ANXIETY'],
    ['오늘 하루 너무 힘들고 지쳤어요', 'WEARINESS'],
    ['I am so tired and bored', 'WEARINESS'],
  ] as const)('reads %p as %s', (text, emotion) => {
    expect(model.score(text).dominant).toBe(emotion);
  });

  it.each([
    '회의는 2시예요',
    '네 확인했습니다',
    '버스는 5분 뒤에 와요',
    'the meeting is at 2',
    'the file is on the second shelf',
    '12345',
    '?',
  ])('shows no emotion for %p', (text) => {
    const { scores, dominant } = model.score(text);
    expect(dominant).toBeNull();
    expect(Math.max(...scores)).toBeLessThan(0.5);
  });

  it('gives pleasant and unpleasant texts valences of opposite sign in both languages and in a mix of them', () => {
    const of = (text: string) => valence(model.score(text).scores);
    expect(of('정말 최고예요 사랑해요')).toBeGreaterThan(0.3);
    expect(of('최악이다 진짜 돈 아깝다')).toBeLessThan(-0.3);
    expect(of('오늘 콘서트 amazing 했어요, so happy')).toBeGreaterThan(0.3);
    expect(of('this is terrible 진짜 화난다')).toBeLessThan(-0.3);
  });

  it('reads emoji and typed faces, also where there are no words', () => {
    expect(model.score('😢😢').dominant).toBe('SADNESS');
    expect(score('오늘 ❤️', 'LOVE')).toBeGreaterThan(score('오늘', 'LOVE'));
    expect(score('see you :)', 'JOY')).toBeGreaterThan(score('see you', 'JOY'));
  });

  it('scores negated weariness low', () => {
    expect(score('I am exhausted', 'WEARINESS')).toBeGreaterThan(0.5);
    expect(score('I am not tired at all', 'WEARINESS')).toBeLessThan(0.5);
  });

  it('scores a letter repeated four times or more like one repeated three times', () => {
    expect(model.score(`웃겨 ${'ㅋ'.repeat(80)}`)).toEqual(model.score('웃겨 ㅋㅋㅋㅋ'));
    expect(model.score('soooooooo good')).toEqual(model.score('sooo good'));
  });

  it('returns eight scores from 0 to 1 for any text, the same each time', () => {
    const odd = [
      '',
      ' ',
      '\0',
      '\ud83d',
      '\u200b\u200b',
      'ㅋ'.repeat(1_000),
      '😀'.repeat(1_000),
      '\u202e',
      'é̂́'.repeat(300),
      '漢字だけ',
      'Привет',
    ];
    for (const text of [...odd, '안녕 hello 😀']) {
      const { scores } = model.score(text);
      expect(scores).toHaveLength(8);
      expect(scores.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(model.score(text).scores).toEqual(scores);
    }
    expect(model.score('')).toEqual({ scores: NO_EMOTION, dominant: null });
  });

  it.each(['emotions-ko.bin', 'chat-ko.bin', 'emotions-en.bin', 'chat-en.bin'])(
    'names %s when it is missing or damaged',
    (file) => {
      const folder = mkdtempSync(join(tmpdir(), 'models-'));
      try {
        for (const other of readdirSync(MODELS)) if (other !== file) copyFileSync(join(MODELS, other), join(folder, other));
        expect(() => loadLocalModel(folder)).toThrow(StartupError);
        expect(() => loadLocalModel(folder)).toThrow(file);
        writeFileSync(join(folder, file), 'no model');
        expect(() => loadLocalModel(folder)).toThrow(file);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
