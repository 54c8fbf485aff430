import type { Chat } from '../../domain/chat';
import { plain, squeeze, words } from '../text';

/**
 * Messages that speak to whoever writes the letter instead of to the room. Read on the text without spaces and signs, so that
 * spacing, zero-width characters and pieces in several messages make no difference.
 */
const LETTER = '(?:letter|summary|report|analysis|insight|output|response)';
const KOREAN_ORDER =
  '(?:(?:써|적어|넣어|말해|끝내|시작해)(?:줘(?!서|도|야)|주세요|라(?!고|는|도))|(?:쓰|적으|넣으|말하|끝내|시작하)(?:세요|시오)|' +
  '(?:포함|추가|언급|인용|반복)(?:해(?!서|도|야|요)|하(?:라(?!고)|세요|시오|여|고)|시켜(?!서)))';

const SPEAKS_TO_THE_WRITER: readonly RegExp[] = [
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

/** How much of what an account wrote last is read as one text: some 20 messages of a few words. */
const TRAIL = 400;
/** Messages this short may be pieces of one text by several accounts, so many in a row. */
const PIECE = 24;
const MAX_PIECES = 30;
/** Bounds of what is remembered of a flood. */
const MAX_ACCOUNTS = 50_000;
const MAX_REMEMBERED = 20_000;
/** No pattern matches without one of these, and looking for them costs a tenth. */
const HINT =
  /ignor|disregard|forget|overrid|bypass|prompt|instruct|directive|command|model|gpt|openai|jailbreak|asana|dearai|deartheai|assistant|letter|summary|report|analysis|insight|output|response|answer|verbatim|codeword|canary|password|write|say|print|repeat|include|mention|respond|reply|joy|love|calm|hope|sadness|anger|anxiety|weariness|score|emotion|지시|지침|명령|규칙|프롬프트|시스템|설정|내용|무시|편지|요약|분석|보고서|답변|결과|응답|출력|라고|라는|단어|문구|문장|암호|코드|인공지능|언어모델|에이아이|지피티|챗|점수|감정|기쁨|사랑|평온|희망|슬픔|분노|불안|말을/;

export const speaksToTheWriter = (text: string): boolean =>
  [text, ...decoded(text)].some((reading) => {
    const squeezed = squeeze(reading);
    return HINT.test(squeezed) && SPEAKS_TO_THE_WRITER.some((pattern) => pattern.test(squeezed));
  });

/** Text that stands in Base64 in the text. */
export function decoded(text: string): string[] {
  return (plain(text).match(/[A-Za-z0-9+/_-]{12,}={0,2}/g) ?? []).flatMap((run) => {
    const reading = Buffer.from(run, 'base64').toString('utf8');
    return /^[\p{L}\p{N}\p{P}\p{S}\p{Z}\n]+$/u.test(reading) && !reading.includes('\ufffd') ? [reading] : [];
  });
}

/**
 * Finds the messages of a window that are left out of what a model reads, and remembers what they said: none of it may be in the
 * letter. Feed all messages in order, then ask.
 */
export class Planted {
  private readonly trails = new Map<string, Trail>();
  private readonly accounts = new Set<string>();
  private readonly offsets = new Set<number>();
  private readonly orders = new Set<number>();
  private readonly pieces = new Trail();
  private readonly said = new Set<string>();
  private readonly run: string[] = [];
  private remembered = 0;

  add(chats: readonly Chat[]): void {
    for (const chat of chats) {
      const squeezed = squeeze(chat.text);
      if (speaksToTheWriter(chat.text)) {
        this.offsets.add(chat.offset);
        this.orders.add(chat.offset);
        this.remember(chat.text);
      }
      this.follow(chat, squeezed);
      if (squeezed.length <= PIECE) this.join(chat.offset, squeezed);
    }
  }

  isPlanted(chat: Chat): boolean {
    return this.offsets.has(chat.offset) || this.accounts.has(chat.authorId);
  }

  /** Whether it speaks to the writer itself, alone or as a piece: narrower than `isPlanted`, to leave it out of the scores. */
  isOrder(chat: Chat): boolean {
    return this.orders.has(chat.offset);
  }

  /** After `add` of all: what the accounts found by their trail said besides. */
  addSaid(chats: readonly Chat[]): void {
    for (const chat of chats) if (this.accounts.has(chat.authorId) && !this.offsets.has(chat.offset)) this.remember(chat.text);
  }

  get found(): boolean {
    return this.offsets.size > 0 || this.accounts.size > 0;
  }

  /** Words of the letter that stand in planted text, those left out that anyone may use. */
  wordsIn(letter: string, ordinary: (word: string) => boolean): string[] {
    if (!this.found) return [];
    const joined = this.run.join('');
    return [...new Set(words(letter))].filter((word) => {
      const korean = /[가-힣]/.test(word);
      if (word.length < (korean ? 3 : 4) || ordinary(word)) return false;
      return (
        this.said.has(word) ||
        [...this.stems(word)].some((part) => this.said.has(part)) ||
        (word.length >= (korean ? 3 : 6) && joined.includes(word))
      );
    });
  }

  /** A Korean word as it stands and without what may be a particle. */
  private *stems(word: string): Generator<string> {
    if (/^[가-힣]+$/.test(word)) for (let cut = 1; cut <= 2 && word.length - cut >= 3; cut++) yield word.slice(0, -cut);
  }

  private follow(chat: Chat, squeezed: string): void {
    let trail = this.trails.get(chat.authorId);
    if (!trail) {
      if (this.trails.size >= MAX_ACCOUNTS) return;
      this.trails.set(chat.authorId, (trail = new Trail()));
    }
    trail.add(chat.offset, squeezed);
    while (trail.text.length > TRAIL) trail.shift();
    // Alone it was judged already: what counts here begins in an earlier message.
    const order = this.offsets.has(chat.offset) ? [] : trail.order();
    if (order.length === 0) return;
    this.accounts.add(chat.authorId);
    for (const { offset } of order) this.orders.add(offset);
    trail.clear();
  }

  private join(offset: number, text: string): void {
    this.pieces.add(offset, text);
    while (this.pieces.messages.length > MAX_PIECES) this.pieces.shift();
    const order = this.pieces.order();
    if (order.length === 0) return;
    for (const piece of order) this.orders.add(piece.offset);
    for (const piece of this.pieces.messages) {
      this.offsets.add(piece.offset);
      this.remember(piece.text);
    }
    this.pieces.clear();
  }

  private remember(text: string): void {
    if (this.remembered++ >= MAX_REMEMBERED) return;
    for (const reading of [text, ...decoded(text)]) {
      for (const word of words(reading)) this.said.add(word);
      this.run.push(squeeze(reading));
    }
  }
}

interface Piece {
  readonly offset: number;
  readonly text: string;
}

/** Messages read as one text. */
class Trail {
  text = '';
  messages: Piece[] = [];

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

  /** The messages over which a pattern stretches that begins before the last one and ends in it; none without such a pattern. */
  order(): readonly Piece[] {
    const { text, messages } = this;
    const seam = text.length - (messages.at(-1)?.text.length ?? 0);
    if (seam === 0 || !HINT.test(text)) return [];
    const starts = SPEAKS_TO_THE_WRITER.flatMap((pattern) => {
      const match = pattern.exec(text);
      return match !== null && match.index < seam && match.index + match[0].length > seam ? [match.index] : [];
    });
    if (starts.length === 0) return [];
    let left = text.length - Math.min(...starts);
    let first = messages.length;
    while (left > 0 && first > 0) left -= messages[--first]?.text.length ?? 0;
    return messages.slice(first);
  }
}
