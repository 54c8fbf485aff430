import { EMOTIONS } from '../../domain/emotion';
import type { Emotion } from '../../domain/emotion';

/**
 * Common meaning of emoji and typed faces. Written by hand, because the training rows have few. Those with several meanings
 * (😭 for laughing tears, 🙏 for thanks or a plea) are left out or listed under the commoner one.
 */
const EMOJI: Readonly<Record<Emotion, string>> = {
  JOY: '😀 😃 😄 😁 😆 😂 🤣 😊 🥳 😎 🎉 🤩 😹 😸 :) :-) :d ^^ ^_^ ^o^',
  LOVE: '❤ 🧡 💛 💚 💙 💜 🖤 🤍 💕 💖 💗 💓 💞 💘 😍 🥰 😘 🤗 💐 👏 👍 <3 ♡ ♥',
  CALM: '😌 🍵 🧘 🌿 🛀',
  HOPE: '🤞 🌱 🌈 ✨ 💪 🍀 🔥',
  SADNESS: '😢 😭 😞 😔 💔 🥺 😿 ☹ 🙁 :( :-( t_t ;_;',
  ANGER: '😠 😡 🤬 🖕 💢 👿 😤',
  ANXIETY: '😨 😰 😱 😟 😧 😬 😳 😥 😓 🫣 😵',
  WEARINESS: '😩 😫 🥱 😴 😪 🥴 💤 😮‍💨',
};
const SIGNS: readonly (readonly string[])[] = EMOTIONS.map((emotion) => EMOJI[emotion].split(' '));

/** Cheap test first: most messages hold none of the characters that a sign begins with. */
const MAY_HOLD_SIGN = /[\u2600-\u27bf\ud83c-\ud83e]|[:;<^t♡♥][-_)(3do^;t]|\^\^/;

/** 1 for each emotion of which the (normalised, lower-case) text holds a sign, 0 for the others. */
export const emojiHits = (text: string): readonly number[] =>
  MAY_HOLD_SIGN.test(text) ? SIGNS.map((signs) => (signs.some((sign) => text.includes(sign)) ? 1 : 0)) : NONE;
const NONE: readonly number[] = EMOTIONS.map(() => 0);

/** No English row is labelled with weariness, so these words stand for it. A "not" up to two words before cancels a match. */
const WEARY_WORDS =
  '\\b(?:tired|tiring|exhaust(?:ed|ing|ion)|weary|weariness|worn out|wiped out|burn(?:ed|t)? out|burnout|fed up|sleepy|drained|' +
  "fatigued?|bored|boring|boredom|tedious|overworked|knackered|sick of|can't be bothered|need (?:a|some) (?:rest|sleep|break))\\b";
const WEARY = new RegExp(`(\\b(?:not|never|isn't|aren't|wasn't|don't|no longer)\\s+(?:\\w+\\s+){0,2})?${WEARY_WORDS}`, 'g');
/** Cheap test first: the words before a match are looked at for every position of a text. */
const MAY_BE_WEARY = new RegExp(WEARY_WORDS);
const WEARY_SCORE = 0.7;
const NOT_WEARY_SCORE = 0.02;

/** @param text normalised English */
export function englishWeariness(text: string): number {
  if (!MAY_BE_WEARY.test(text)) return NOT_WEARY_SCORE;
  for (const match of text.matchAll(WEARY)) if (match[1] === undefined) return WEARY_SCORE;
  return NOT_WEARY_SCORE;
}
