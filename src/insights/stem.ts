/** Longest first, so that 에서는 is taken off as a whole. */
const PARTICLES =
  '에서부터 으로부터 에게서는 이라든지 에서는 에서도 에게는 에게도 한테는 으로는 으로도 까지는 까지도 부터는 이라고 이라는 이라도 이랑은 보다는 처럼은 ' +
  '에서 에게 한테 께서 으로 까지 부터 마다 처럼 보다 조차 마저 밖에 이나 이랑 하고 라고 라는 라도 에는 에도 와는 과는 만은 만큼 들은 들이 들을 들도 ' +
  '은 는 이 가 을 를 에 의 와 과 도 만 로 랑 나 들';
const BY_LENGTH = PARTICLES.split(' ').sort((a, b) => b.length - a.length);

/** How verbs and adjectives end: a word that ends so names nothing. */
const PREDICATE =
  /(?:다|요|죠|네|까|냐|니|자|걸|듯|함|음|임|됨|려고|면서|지만|는데|은데|인데|한데|던데|어서|아서|해서|니까|라서|거든|잖아|이야|구나|더라|아야|어야|해야|하면|되면|으면|하게|하는|되는|있는|없는|같은|하던|했던|었던|았던|하고|되고|있고|없고|보고|하지|되지|않고|해도|아도|어도|했어|있어|없어|같아|좋아|싫어|하는데|습니|해|돼|한|된|할|될|던|지|고|게|서|며)$/;

/** Two syllables that end like a predicate and are nouns that people speak of. */
const NOUNS = new Set(
  '광고 사고 최고 창고 냉장고 고등어 김치 버스 바다 사자 의자 모자 과자 피자 남자 여자 혼자 감자 부자 도서 순서 문서 요리 지하 돼지 편지 휴지 강아지 아버지 가지 반지 바지 연예 무게 가게 조개 베개 공부 시험 음식 처음 마음 웃음 얼음 걸음 믿음 다음 게임 모임 책임 사람 바람 여름 이름 구름 기름 도시락 결혼 생일 휴일 내일 제일 날씨 병원 학교 회사 친구 엄마 아빠 언니 오빠 누나 동생 아이 고양이 나이 사이 놀이 차이 종이 오이 어린이 영화 드라마 노래 음악 커피 여행 주말 퇴근 출근 월급 국가 휴가 작가 물가 주가 평가 가을 겨울 마을 하늘 바늘 비누 거리 다리 머리 소리 자리 오리 우리 정의 회의 강의 주의 민주 효과 결과 사과 학과 시도 정도 제도 온도 속도 지도 태도 포도 파도 파티 도로 미로 진로 경로 피로 새로 사랑 자랑 노랑 하나 나라'.split(
    ' ',
  ),
);

const STOP_KO = new Set(
  '그리고 그런데 그래서 하지만 그러나 그냥 진짜 정말 너무 아주 매우 조금 많이 다시 이제 지금 오늘 내일 어제 아까 나중 항상 계속 벌써 아직 이미 먼저 거의 모두 전부 ' +
    '여기 저기 거기 이거 저거 그거 이것 저것 그것 무엇 뭐가 뭔가 누가 누구 어디 언제 어떻게 이렇게 저렇게 그렇게 왜냐 우리 저희 너희 당신 본인 자기 내가 네가 제가 나는 저는 ' +
    '사람 때문 생각 정도 경우 하나 이번 저번 그때 이런 저런 그런 어떤 무슨 모든 다른 같은 자체 따위 대한 대해 위해 통해 따라 관련 완전 역시 혹시 아마 만약 일단 사실 솔직 ' +
    '처음 마지막 다음 부분 느낌 마음 얘기 이야기 말씀 하루 요즘 최근 가장 제일 더욱 훨씬 약간 별로 절대 꼭 ㅋㅋ 여러분 사람들 아무 아무것 그대로 진심 역대 이유 문제 제발 굳이 그게 이게 저게 뭘로 그걸 이걸'.split(
      ' ',
    ),
);

const STOP_EN = new Set(
  (
    'the and for are but not you all any can had her was one our out day get has him his how man new now old see two way who boy did its let put say she too use that with have this will your ' +
    'from they know want been good much some time very when come here just like long make many more only over such take than them well were what would there their about could other these ' +
    'which into then also back after being where does dont didnt doesnt isnt wasnt cant wont im ive id youre thats its really think thing things people even still going got gonna yeah yes lol ' +
    'because should never always ever every those why off own same most first last again right sure maybe actually pretty something anything nothing someone anyone everyone today tomorrow ' +
    'yesterday look looks said says need feel feels felt lot lots way though little big great bad best better may might must shall upon went gone come came done doing made makes making getting ' +
    'before down each few through under until while during both between without within against across around please thank thanks hello okay guy guys man haha literally whole kind actually ' +
    'tell told give gives gave seem seems keep kept mean means find found saw seen sounds sound love hate happy sad nice hope thought wish work'
  ).split(' '),
);

/** The form under which a word is counted, or null for one that names nothing. Rough on purpose: no dictionary, a few rules. */
export function stem(word: string): string | null {
  return /[가-힣]/.test(word) ? stemKorean(word) : stemEnglish(word);
}

function stemKorean(word: string): string | null {
  if (STOP_KO.has(word)) return null;
  if (NOUNS.has(word)) return word;
  const noun = withoutParticle(word);
  if (STOP_KO.has(noun) || noun.length < 2) return null;
  if (NOUNS.has(noun)) return noun;
  return PREDICATE.test(word) || PREDICATE.test(noun) ? null : noun;
}

function withoutParticle(word: string): string {
  for (const particle of BY_LENGTH) {
    // At least two syllables stay: 고양이 keeps its 이 by the list of nouns, 나이 by its length.
    if (word.length - particle.length >= 2 && word.endsWith(particle)) return word.slice(0, -particle.length);
  }
  return word;
}

function stemEnglish(word: string): string | null {
  const base = word.replace(/'.*$/, '');
  if (base !== word && base.length < 4) return null;
  const noun = base.length > 4 && /[^siu]s$/.test(base) ? base.slice(0, -1) : base;
  return noun.length < 3 || STOP_EN.has(base) || STOP_EN.has(noun) || /(.)\1\1/.test(noun) ? null : noun;
}
