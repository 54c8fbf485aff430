/** Everything the page says, in both languages. */
const ko = {
  title: '정글 버즈',
  lead: '짧은 글이 모이는 살아 있는 벽이에요. 읽는 건 누구나, 쓰려면 로그인해 주세요.',
  empty: '아직 아무 글도 없어요. 첫 글을 남겨 보세요.',
  write: '무슨 생각을 하고 있나요?',
  send: '보내기',
  username: '이름',
  password: '비밀번호 (8자 이상, 글자와 숫자)',
  logIn: '로그인',
  signUp: '회원가입',
  logOut: '로그아웃',
  connecting: '연결하고 있어요…',
  'catching-up': '그동안의 글을 가져오고 있어요…',
  offline: '연결이 끊겼어요. 다시 연결하고 있어요…',
  live: '지금 이 순간의 벽',
  failed: '잘되지 않았어요. 잠시 뒤에 다시 해 주세요.',
  BAD_USER_INPUT: '입력한 내용을 다시 확인해 주세요.',
  USERNAME_TAKEN: '이미 쓰고 있는 이름이에요. 다른 이름을 골라 주세요.',
  UNAUTHENTICATED: '이름이나 비밀번호가 맞지 않거나, 로그인이 끝났어요.',
  JOY: '기쁨', LOVE: '사랑', CALM: '평온', HOPE: '희망', SADNESS: '슬픔', ANGER: '화', ANXIETY: '불안', WEARINESS: '지침',
}; // prettier-ignore

type Words = Record<keyof typeof ko, string>;

const en: Words = {
  title: 'Jungle Buzz',
  lead: 'A living wall of short messages. Anyone can read; log in to write.',
  empty: 'Nothing here yet. Write the first note.',
  write: 'What is on your mind?',
  send: 'Send',
  username: 'Name',
  password: 'Password (8 or more, letters and digits)',
  logIn: 'Log in',
  signUp: 'Sign up',
  logOut: 'Log out',
  connecting: 'Connecting…',
  'catching-up': 'Getting what you missed…',
  offline: 'The connection is gone. Trying again…',
  live: 'The wall as it is right now',
  failed: 'That did not work. Please try again in a moment.',
  BAD_USER_INPUT: 'Please check what you entered.',
  USERNAME_TAKEN: 'This name is taken. Please choose another.',
  UNAUTHENTICATED: 'The name or the password is wrong, or your log-in has ended.',
  JOY: 'joy', LOVE: 'love', CALM: 'calm', HOPE: 'hope', SADNESS: 'sadness', ANGER: 'anger', ANXIETY: 'anxiety', WEARINESS: 'weariness',
}; // prettier-ignore

export type { Words };
export const DICTIONARIES = { ko, en } as const;
export const LOCALE: 'ko' | 'en' = navigator.language.startsWith('ko') ? 'ko' : 'en';
export const words: Words = DICTIONARIES[LOCALE];
