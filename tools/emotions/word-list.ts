import { EMOTIONS, strongest } from '../../src/domain/emotion';
import type { Emotion } from '../../src/domain/emotion';
import type { Scorer } from '../../src/ports/scorer';

/**
 * Scores by word lists, the baseline of the trained models. A Korean stem may be anywhere in the text, an English entry at the start of
 * a word; an underscore stands for a space.
 */
const STEMS: Readonly<Record<Emotion, { readonly ko: string; readonly en: string }>> = {
  JOY: {
    ko: '기뻐 기쁘 기쁨 행복 즐거 즐겁 신난 신나 재밌 재미있 웃기 뿌듯 좋아 좋다 좋네 ㅋㅋㅋ ㅎㅎ 최고',
    en: 'happy glad joy fun funny lol haha hilarious yay excit great awesome delight proud enjoy',
  },
  LOVE: {
    ko: '사랑 고마 고맙 감사 감동 존경 응원 귀여 멋지 멋있 예쁘 환영 소중',
    en: 'love thank grateful beautiful amazing welcome adore sweet cute appreciat bless',
  },
  CALM: { ko: '편안 평온 안심 다행 차분 느긋 여유 힐링 포근', en: 'calm relax peace relie chill comfort cozy cosy serene agree' },
  HOPE: {
    ko: '기대 희망 바라 궁금 파이팅 화이팅 설레 설렌 되길',
    en: 'hope wish looking_forward curious wonder fingers_crossed optimis',
  },
  SADNESS: {
    ko: '슬프 슬퍼 슬픔 우울 눈물 안타깝 안타까 불쌍 아쉽 실망 미안 외로 ㅠㅠ ㅜㅜ',
    en: 'sad sorry unfortunate disappoint cry crying miss heartbroken lonely depress tragic pity grief',
  },
  ANGER: {
    ko: '화나 화난 짜증 열받 빡치 빡친 어이없 한심 역겹 미친 쓰레기 최악 싫어 혐오 분노',
    en: 'angry anger hate stupid idiot disgust annoy awful terrible worst fuck shit damn pathetic furious',
  },
  ANXIETY: {
    ko: '불안 걱정 무서 무섭 두려 두렵 당황 놀라 충격 소름 떨려 긴장',
    en: 'afraid scare scary worr anxi nervous fear confus shock surpris embarrass terrif wtf',
  },
  WEARINESS: {
    ko: '힘들 힘드 지친 지쳐 지쳤 피곤 귀찮 지루 지겨 지겹 졸려 부담 노잼',
    en: 'tired exhaust weary sleepy bored boring fed_up worn_out burnt_out burned_out drained fatigue',
  },
};

const HANGUL = /[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]/;
const ONE_HIT = 0.6;
const DOMINANT_AT_LEAST = 0.5;

const KO = EMOTIONS.map((emotion) => STEMS[emotion].ko.split(' '));
const EN = EMOTIONS.map((emotion) => new RegExp(`\\b(?:${STEMS[emotion].en.replaceAll(' ', '|').replaceAll('_', ' ')})`, 'gi'));

/** The score of n hits is 1 - 0.4^n: 0.6 for one, 0.84 for two. */
const strength = (hits: number): number => 1 - (1 - ONE_HIT) ** hits;

export const wordListScorer: Scorer = {
  model: 'word-list-1',
  scoredBy: 0,
  score(text) {
    const korean = HANGUL.test(text);
    const scores = EMOTIONS.map((_, i) => {
      const ko = korean ? (KO[i] ?? []).filter((stem) => text.includes(stem)).length : 0;
      const en = text.match(EN[i] ?? /$^/)?.length ?? 0;
      return strength(ko + en);
    });
    return { scores, dominant: strongest(scores, DOMINANT_AT_LEAST) };
  },
};
