/** Kind acts that can be seen in the words of a note. */
export const SIGNALS = ['thanks', 'laughter', 'congratulations', 'encouragement'] as const;
export type Signal = (typeof SIGNALS)[number];

/** Few and plain words: a letter counts them, so a wrong hit is worse than a missed one. */
const PATTERNS: Readonly<Record<Signal, RegExp>> = {
  thanks:
    /고마[워웠운]|고맙|감사(?:해|합|하|드|했|히|한|요|용|링|~)|땡큐|쌩유|ㄱㅅ|\bthanks?\b(?! god)|\bthx\b|\btysm?\b|much appreciated/i,
  laughter: /ㅋ{3,}|ㅎ{3,}|푸하하|하하하|\b(?:ha){2,}h?\b|\bl(?:ol|mao)\b|\brofl\b|😂|🤣/i,
  congratulations: /축하(?:해|합|드|드려|한다|링|!|~)|ㅊㅋ|\bcongrat(?:s|ulations)\b|happy birthday/i,
  encouragement:
    /힘내|[화파]이팅|응원(?:해|할|합)|할 수 있[어다]|잘될 거|\byou(?:'ve| have)? got this\b|good luck|hang in there|rooting for|fingers crossed/i,
};

export const signalsOf = (text: string): readonly Signal[] => SIGNALS.filter((signal) => PATTERNS[signal].test(text));

/** Words of relief: a worry that has passed. */
const RELIEF = /다행|안심|한숨 돌|후련|살았다|\bphew\b|\brelie(?:f|ved)\b|weight off/i;

export const isRelief = (text: string): boolean => RELIEF.test(text);
