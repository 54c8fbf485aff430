import type { Chat } from '../../domain/chat';
import { lettersAndDigits, normalizeText, words } from '../text';

/**
 * Patterns of prompt injections: messages that give orders to the writer of the letter. They are matched on letters and digits
 * only, so spaces, zero-width characters and splitting over several messages make no difference.
 */
const LETTER = '(?:letter|summary|report|analysis|insight|output|response)';
const KOREAN_ORDER =
  '(?:(?:써|적어|넣어|말해|끝내|시작해)(?:줘(?!서|도|야)|주세요|라(?!고|는|도))|(?:쓰|적으|넣으|말하|끝내|시작하)(?:세요|시오)|' +
  '(?:포함|추가|언급|인용|반복)(?:해(?!서|도|야|요)|하(?:라(?!고)|세요|시오|여|고)|시켜(?!서)))';

const INJECTION_PATTERNS: readonly RegExp[] = [
  /(?:ignore|disregard|forget|override|bypass)(?:all|any|every|everything|the|your|my|of|these|those|this|other)*(?:previous|prior|above|earlier|preceding|instruction|rule|prompt|direction|guideline|system)/,
  /(?:system|developer|hidden|secret|new|following|my|your|these)(?:prompt|instruction|directive)/,
  /(?:follow|obey)(?:these|the|my|this)?(?:instruction|command|order|direction)/,
  // Without spaces "as an air" looks like it.
  /languagemodel|chatgpt|openai|jailbreak|asanai(?:model|system|(?![a-z]?[rdlmsk]))|youare(?:now)?an?(?:ai(?![rdlmsk])|assistant|chatbot|machine)|deartheai|dearai(?![rdlmsk])|aiassistant|promptinjection/,
  new RegExp(
    '(?:write|say|include|add|put|output|print|repeat|mention|insert|quote|append|use|reveal).{0,60}' +
      `(?:in|into|to|of|with|at|for)(?:the|your|this|its|todays|every|each)(?:daily|morning|final|next)?${LETTER}`,
  ),
  new RegExp(
    `(?:end|begin|start|finish|open|close|sign)(?:the|your|this|its|todays|every|each)(?:daily|morning|final|next)?${LETTER}`,
  ),
  /(?:write|say|include|output|print|repeat|mention|insert|append|reveal).{0,60}(?:verbatim|codeword|canary|yourpassword|thepassword)/,
  /(?:letter|summary|report|analysis|insight|output|response|answer).{0,40}(?:must|should|shall|hasto|needsto|mustnot)(?:include|contain|say|mention|end|begin|start)/,
  /(?:write|say|output|print|repeat|include|mention|respondwith|replywith|answerwith)(?:(?:only|exactly|just|nothingbut)(?:the)?(?:word|phrase|code|token|text|string|sentence)|the(?:code)?word|thephrase|thetoken|thestring|thesentence)/,
  /(?:set|make|give|rate|score|report|raise|lower).{0,30}(?:joy|love|calm|hope|sadness|anger|anxiety|weariness|score|emotion).{0,20}(?:\d|one|zero|max|full|hundred)/,
  /(?:이전|위의|앞의|앞선|지금까지|기존|모든|다른|원래)(?:의)?(?:모든)?(?:지시|명령|지침|규칙|프롬프트|설정|내용|말).{0,12}(?:무시|잊|버리|버려|따르지|취소)/,
  /(?:지시|지침|프롬프트|시스템메시지|명령어?)(?:사항)?(?:를|을|은|는|만|에|대로)?.{0,8}(?:무시|따라|따르|출력|공개|변경|실행)/,
  new RegExp(`(?:편지|요약|분석|보고서|답변|결과|응답|출력).{0,30}${KOREAN_ORDER}`),
  new RegExp(
    `(?:라고|라는말|단어|문구|문장|암호|코드)(?:을|를|만|도|로)?.{0,8}(?:출력|${KOREAN_ORDER}|(?:대)?답해(?:줘(?!서)|라|주세요|$))`,
  ),
  /(?:인공지능|언어모델|챗지피티|챗gpt|에이아이)(?:아|야|는|은|이|에게|님|라면|으로서)/,
  /(?:기쁨|사랑|평온|희망|슬픔|분노|불안|지침|감정|점수).{0,16}(?:\d+점|백점|만점|최대|최고점|0으로|1로|100으로).{0,12}(?:해|설정|매겨|바꿔|올려|내려|줘)/,
];

/** Characters of an account's latest messages that are matched as one text: about 20 messages of a few words. */
const MAX_ACCOUNT_TEXT = 400;
/** Messages up to this many characters are also matched joined over accounts, up to MAX_PIECES in a row. */
const MAX_PIECE_LENGTH = 24;
const MAX_PIECES = 30;
const MAX_ACCOUNTS = 50_000;
/** Injections whose words are kept. */
const MAX_INJECTIONS = 20_000;
/** Prefilter: every pattern needs one of these words, and this test takes a tenth of the time. */
const PREFILTER =
  /ignor|disregard|forget|overrid|bypass|prompt|instruct|directive|command|model|gpt|openai|jailbreak|asana|dearai|deartheai|assistant|letter|summary|report|analysis|insight|output|response|answer|verbatim|codeword|canary|password|write|say|print|repeat|include|mention|respond|reply|joy|love|calm|hope|sadness|anger|anxiety|weariness|score|emotion|지시|지침|명령|규칙|프롬프트|시스템|설정|내용|무시|편지|요약|분석|보고서|답변|결과|응답|출력|라고|라는|단어|문구|문장|암호|코드|인공지능|언어모델|에이아이|지피티|챗|점수|감정|기쁨|사랑|평온|희망|슬픔|분노|불안|말을/;

export const isPromptInjection = (text: string): boolean =>
  [text, ...decodeBase64(text)].some((reading) => {
    const compact = lettersAndDigits(reading);
    return PREFILTER.test(compact) && INJECTION_PATTERNS.some((pattern) => pattern.test(compact));
  });

/** Readable texts that stand in Base64 in the text. */
function decodeBase64(text: string): string[] {
  return (normalizeText(text).match(/[A-Za-z0-9+/_-]{12,}={0,2}/g) ?? []).flatMap((run) => {
    const reading = Buffer.from(run, 'base64').toString('utf8');
    return /^[\p{L}\p{N}\p{P}\p{S}\p{Z}\n]+$/u.test(reading) && !reading.includes('\ufffd') ? [reading] : [];
  });
}

/**
 * Finds the prompt injections of a window, whole or split over messages, and keeps their words, which a letter must not contain.
 * Add all messages in log order before the first question.
 */
export class InjectionScan {
  private readonly latestByAccount = new Map<string, JoinedMessages>();
  /** Accounts that split an injection over their messages. */
  private readonly flaggedAccounts = new Set<string>();
  private readonly excluded = new Set<number>();
  private readonly injections = new Set<number>();
  private readonly shortMessages = new JoinedMessages();
  private readonly injectedWords = new Set<string>();
  private readonly injectedTexts: string[] = [];
  private injectionCount = 0;

  add(chats: readonly Chat[]): void {
    for (const chat of chats) {
      const compact = lettersAndDigits(chat.text);
      if (isPromptInjection(chat.text)) {
        this.excluded.add(chat.offset);
        this.injections.add(chat.offset);
        this.keepWords(chat.text);
      }
      this.checkAccount(chat, compact);
      if (compact.length <= MAX_PIECE_LENGTH) this.checkShortMessages(chat.offset, compact);
    }
  }

  /** Whether the letter must take nothing from this message: an injection, a part of one, or a message of a flagged account. */
  isExcluded(chat: Chat): boolean {
    return this.excluded.has(chat.offset) || this.flaggedAccounts.has(chat.authorId);
  }

  /** Whether the message itself is an injection or a part of one; only then its scores are left out. */
  isInjection(chat: Chat): boolean {
    return this.injections.has(chat.offset);
  }

  /** Keeps the words of the other messages of flagged accounts. Call it after `add` has seen all messages. */
  addFlaggedAccounts(chats: readonly Chat[]): void {
    for (const chat of chats) {
      if (this.flaggedAccounts.has(chat.authorId) && !this.excluded.has(chat.offset)) this.keepWords(chat.text);
    }
  }

  get found(): boolean {
    return this.excluded.size > 0 || this.flaggedAccounts.size > 0;
  }

  /** Words of the letter that occur in injections and are not ordinary. */
  injectedWordsIn(letter: string, isOrdinary: (word: string) => boolean): string[] {
    if (!this.found) return [];
    const joined = this.injectedTexts.join('');
    return [...new Set(words(letter))].filter((word) => {
      const korean = /[가-힣]/.test(word);
      if (word.length < (korean ? 3 : 4) || isOrdinary(word)) return false;
      return (
        this.injectedWords.has(word) ||
        withoutParticle(word).some((stem) => this.injectedWords.has(stem)) ||
        (word.length >= (korean ? 3 : 6) && joined.includes(word))
      );
    });
  }

  private checkAccount(chat: Chat, text: string): void {
    let latest = this.latestByAccount.get(chat.authorId);
    if (!latest) {
      if (this.latestByAccount.size >= MAX_ACCOUNTS) return;
      this.latestByAccount.set(chat.authorId, (latest = new JoinedMessages()));
    }
    latest.add(chat.offset, text);
    while (latest.text.length > MAX_ACCOUNT_TEXT) latest.shift();
    // An injection within one message is excluded already; it says nothing about the messages before.
    const parts = this.excluded.has(chat.offset) ? [] : latest.partsOfInjection();
    if (parts.length === 0) return;
    this.flaggedAccounts.add(chat.authorId);
    for (const { offset } of parts) this.injections.add(offset);
    latest.clear();
  }

  private checkShortMessages(offset: number, text: string): void {
    this.shortMessages.add(offset, text);
    while (this.shortMessages.messages.length > MAX_PIECES) this.shortMessages.shift();
    const parts = this.shortMessages.partsOfInjection();
    if (parts.length === 0) return;
    for (const part of parts) this.injections.add(part.offset);
    for (const message of this.shortMessages.messages) {
      this.excluded.add(message.offset);
      this.keepWords(message.text);
    }
    this.shortMessages.clear();
  }

  private keepWords(text: string): void {
    if (this.injectionCount++ >= MAX_INJECTIONS) return;
    for (const reading of [text, ...decodeBase64(text)]) {
      for (const word of words(reading)) this.injectedWords.add(word);
      this.injectedTexts.push(lettersAndDigits(reading));
    }
  }
}

/** A Korean word without its last one or two syllables, which may be a particle. */
function withoutParticle(word: string): string[] {
  if (!/^[가-힣]+$/.test(word)) return [];
  return [1, 2].filter((cut) => word.length - cut >= 3).map((cut) => word.slice(0, -cut));
}

interface Message {
  readonly offset: number;
  readonly text: string;
}

/** Successive messages matched as one text. */
class JoinedMessages {
  text = '';
  messages: Message[] = [];

  add(offset: number, text: string): void {
    this.messages.push({ offset, text });
    this.text += text;
  }

  shift(): void {
    this.text = this.text.slice(this.messages.shift()?.text.length ?? 0);
  }

  clear(): void {
    this.messages = [];
    this.text = '';
  }

  /** The messages covered by a pattern that starts before the last message and ends in it; empty without such a match. */
  partsOfInjection(): readonly Message[] {
    const { text, messages } = this;
    const lastStart = text.length - (messages.at(-1)?.text.length ?? 0);
    if (lastStart === 0 || !PREFILTER.test(text)) return [];
    const starts = INJECTION_PATTERNS.flatMap((pattern) => {
      const match = pattern.exec(text);
      return match !== null && match.index < lastStart && match.index + match[0].length > lastStart ? [match.index] : [];
    });
    if (starts.length === 0) return [];
    let left = text.length - Math.min(...starts);
    let first = messages.length;
    while (left > 0 && first > 0) left -= messages[--first]?.text.length ?? 0;
    return messages.slice(first);
  }
}
