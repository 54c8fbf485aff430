import type { Locale } from './locale';

/** Words for the aliases of anonymous rooms: 64 adjectives and 64 nouns of nature per language. */
const ADJECTIVES_KO =
  '고요한, 따스한, 반짝이는, 느긋한, 포근한, 씩씩한, 수줍은, 다정한, 푸른, 하얀, 보랏빛, 은빛, 금빛, 새벽의, 아침의, 한낮의, 저녁의, 달밤의, 봄날의, 여름의, ' +
  '가을의, 겨울의, 산들바람의, 촉촉한, 맑은, 싱그러운, 향긋한, 달콤한, 작은, 커다란, 동그란, 너그러운, 가벼운, 든든한, 부드러운, 보송한, 졸린, 춤추는, ' +
  '노래하는, 꿈꾸는, 떠도는, 기다리는, 미소 짓는, 뛰노는, 헤엄치는, 날아가는, 피어나는, 속삭이는, 빛나는, 무던한, 담백한, 소박한, 용감한, 호기심 많은, ' +
  '조용한, 명랑한, 느린, 재빠른, 깊은, 환한, 머나먼, 오래된, 어린, 새로운';
const NATURE_KO =
  '고래 수달 여우 사슴 토끼 다람쥐 고슴도치 너구리 부엉이 두루미 참새 제비 종달새 뻐꾸기 물총새 반딧불이 나비 잠자리 귀뚜라미 달팽이 거북이 도롱뇽 청개구리 ' +
  '연어 은어 해파리 불가사리 조약돌 시냇물 호수 바다 파도 섬 모래 언덕 골짜기 오솔길 들판 숲 솔방울 도토리 은행잎 단풍 버드나무 자작나무 소나무 느티나무 대나무 ' +
  '민들레 제비꽃 코스모스 해바라기 동백 목련 진달래 수국 연꽃 구름 노을 무지개 이슬 바람 눈송이 별';
const ADJECTIVES_EN =
  'quiet warm bright gentle cosy brave shy kind blue white violet silver golden dawn morning noon evening moonlit spring summer autumn winter ' +
  'breezy dewy clear fresh fragrant sweet little great round slender light steady soft fluffy sleepy dancing singing dreaming wandering waiting ' +
  'smiling leaping swimming flying blooming whispering shining calm plain humble bold curious silent merry slow swift deep high distant old young new';
const NATURE_EN =
  'whale otter fox deer rabbit squirrel hedgehog badger owl crane sparrow swallow lark cuckoo kingfisher firefly butterfly dragonfly cricket snail ' +
  'turtle newt frog salmon trout jellyfish starfish pebble brook lake sea wave island dune hill valley path meadow forest pinecone acorn ginkgo maple willow ' +
  'birch pine elm bamboo dandelion violet cosmos sunflower camellia magnolia azalea hydrangea lotus cloud sunset rainbow dewdrop wind snowflake star';

const WORDS = {
  ko: [ADJECTIVES_KO.split(', '), NATURE_KO.split(' ')],
  en: [ADJECTIVES_EN.split(' '), NATURE_EN.split(' ')],
} as const;

const MAX_NAME_LENGTH = 20;
/** The numbers in the names of guests have four digits. */
const [LEAST_NUMBER, NUMBERS] = [1_000, 9_000];

/**
 * A username for a guest, for example `고요한수달_2741` or `quiet_otter_2741`.
 * @param random returns a whole number from 0 to below its argument
 */
export function guestName(locale: Locale, random: (below: number) => number): string {
  const [adjectives, nature] = WORDS[locale];
  for (;;) {
    const words = [adjectives, nature].map((list) => list[random(list.length)]?.replaceAll(' ', '') ?? '');
    const name = `${words.join(locale === 'ko' ? '' : '_')}_${LEAST_NUMBER + random(NUMBERS)}`;
    if (name.length <= MAX_NAME_LENGTH) return name;
  }
}

/** Letters and digits that cannot be mistaken for others. */
const CLEAR = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;

/** A code to type, for example `K7MPQ2XR`. @param random returns a whole number from 0 to below its argument */
export const randomCode = (random: (below: number) => number): string =>
  Array.from({ length: CODE_LENGTH }, () => CLEAR[random(CLEAR.length)] ?? '').join('');

/** The form of a code as `randomCode` makes it, or undefined if the text cannot be one. */
export function parseCode(raw: string): string | undefined {
  const code = raw.replaceAll(/[\s-]/g, '').toUpperCase();
  return code.length === CODE_LENGTH && [...code].every((letter) => CLEAR.includes(letter)) ? code : undefined;
}

/** A room id, for example `quiet-otter-k7mpq2xr`. @param random as for `randomCode` */
export function randomRoomId(random: (below: number) => number): string {
  const words = WORDS.en.map((list) => list[random(list.length)] ?? '');
  return [...words, randomCode(random).toLowerCase()].join('-');
}

/**
 * An adjective and a noun, for example `고요한 수달`.
 * @param random at least two bytes, of which twelve bits are used
 */
export function nickname(locale: Locale, random: Uint8Array): string {
  const [adjectives, nature] = WORDS[locale];
  return `${adjectives[(random[0] ?? 0) % adjectives.length] ?? ''} ${nature[(random[1] ?? 0) % nature.length] ?? ''}`;
}
