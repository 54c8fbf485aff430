/** Longest first, so that 에서는 is taken off as a whole. */
const PARTICLES =
  '에서부터 으로부터 에게서는 이라든지 에서는 에서도 에게는 에게도 한테는 으로는 으로도 까지는 까지도 부터는 이라고 이라는 이라도 이랑은 보다는 처럼은 ' +
  '에서 에게 한테 께서 으로 까지 부터 마다 처럼 보다 조차 마저 밖에 이나 이랑 하고 라고 라는 라도 에는 에도 와는 과는 만은 만큼 들은 들이 들을 들도 ' +
  '은 는 이 가 을 를 에 의 와 과 도 만 로 랑 나 들';
const BY_LENGTH = PARTICLES.split(' ').sort((a, b) => b.length - a.length);

/** How verbs and adjectives end: a word that ends so names nothing. */
const PREDICATE =
  /(?:다|요|죠|네|까|냐|니|자|걸|듯|함|음|임|됨|려고|면서|지만|는데|은데|인데|한데|던데|어서|아서|해서|니까|라서|거든|잖아|이야|구나|더라|아야|어야|해야|하면|되면|으면|하게|하는|되는|있는|없는|같은|하던|했던|었던|았던|하고|되고|있고|없고|보고|하지|되지|않고|해도|아도|어도|했어|있어|없어|같아|좋아|싫어|하는데|습니|적인|히|은거|한거|는거|있나|없나|않나|싶어|않아|봐야|해|돼|한|된|할|될|던|지|고|게|서|며)$/;

/** 한명, 두번, 몇개. */
const COUNT = /^(?:한|두|세|네|몇|여러)(?:명|개|번|분|살|시간|시|달|마리|잔|곳|편|사람|가지)$/;

/** 것은, 안에, 말을: one syllable, which says little alone, and its particle. */
const ONE_SYLLABLE_AND_PARTICLE = /^.[은는이가을를에의도]?$/;

/** Two syllables that end like a predicate and are nouns that people speak of. */
const NOUNS = new Set(
  '광고 사고 최고 창고 냉장고 고등어 김치 버스 바다 사자 의자 모자 과자 피자 남자 여자 혼자 감자 부자 도서 순서 문서 요리 지하 돼지 편지 휴지 강아지 아버지 가지 반지 바지 연예 무게 가게 조개 베개 공부 시험 음식 처음 마음 웃음 얼음 걸음 믿음 다음 게임 모임 책임 사람 바람 여름 이름 구름 기름 도시락 결혼 생일 휴일 내일 제일 날씨 병원 학교 회사 친구 엄마 아빠 언니 오빠 누나 동생 아이 고양이 나이 사이 놀이 차이 종이 오이 어린이 영화 드라마 노래 음악 커피 여행 주말 퇴근 출근 월급 국가 휴가 작가 물가 주가 평가 가을 겨울 마을 노을 예의 동의 합의 논의 하늘 바늘 비누 거리 다리 머리 소리 자리 오리 우리 정의 회의 강의 주의 민주 효과 결과 사과 학과 시도 정도 제도 온도 속도 지도 태도 포도 파도 길이 높이 깊이 먹이 추가 증가 원가 단가 요가 화가 상가 참가 허가 대가 농가 처가 외가 전문가 음악가 의도 각도 밀도 고도 독도 제주도 강도 난이도 인도 복도 파티 도로 미로 진로 경로 피로 새로 사랑 자랑 노랑 하나 나라'.split(
    ' ',
  ),
);

export const KO_COMMON = new Set(
  `
그리고 그런데 그래서 하지만 그러나 그냥 진짜 정말 너무 아주 매우 조금 많이 다시 이제 지금 오늘 내일 어제 아까 나중 항상 계속 벌써 아직 이미 먼저 거의
모두 전부 여기 저기 거기 이거 저거 그거 이것 저것 그것 무엇 뭐가 뭔가 누가 누구 어디 언제 어떻게 이렇게 저렇게 그렇게 왜냐 우리 저희 너희 당신 본인 자기
내가 네가 제가 나는 저는 사람 때문 생각 정도 경우 하나 이번 저번 그때 이런 저런 그런 어떤 무슨 모든 다른 같은 자체 따위 대한 대해 위해 통해 따라 관련
완전 역시 혹시 아마 만약 일단 사실 솔직 것은 것이 것을 것도 이건 저건 그건 그걸 내가 나는 나도 나를 나의 너는 저도 저는 제가 니가 니들 지가 자꾸 자주
바로 한번 없이 아닌 아님 아니면 아니라 아닌데 이젠 나오 모르 만드 그러 그저 그리 원래 엄청 결국 이미 빨리 특히 보통 갑자기 예전 옛날 그나마 오히려 차라리
어차피 무조건 일부러 괜히 금방 대신 매일 맨날 가끔 살짝 당연히 충분히 열심히 솔직히 확실히 도대체 대체 저거 이딴 서로 따로 함께 같이 다들 분들 애들 누군가
아무리 나름 굉장히 상당히 점점 마치 갈수록 개인적 내내 오랜만 간만 제대 제법 이후 동안 중간 하는거 앞으 존나 시발 새끼 미친 병신 개새 기레기 쓰레기 좋은
많은 작은 싶은 않은 멋진 즐거운 아름다운 어설픈 엄청난 전형적인 감동적인 보는 주는 않는 라는 사는 가는 쓰는 만든 나온 남는 보여주 만들어 재밌 괜찮 그럼
우와 어휴 화이팅 대박 강추 추천 한마디 의미 수준 상태 시작 행동 처음 마지막 다음 부분 느낌 마음 얘기 이야기 말씀 하루 요즘 최근 가장 제일 더욱 훨씬 약간
별로 절대 꼭 ㅋㅋ 여러분 사람들 아무 아무것 그대로 진심 역대 이유 문제 제발 굳이 그게 이게 저게 뭘로 그걸 이걸 근데 근대 그래 그래도 얼마 얼마나 물론 각각 실제 일반 각자 새삼 무척 꽤나 아마도 당장 비록 오로지 뭔가를 어느 그중 등등
시간 보면 년도 년이 이상 우선 있다면 빼면 새로운 과연 고작 놈들 그만 전혀 없나 나올 나와 도와 그러면 상대 자신 다만 이정도 그정도 내거 요새 대단
슬슬 덕분 보이 느끼 순간 혼자 마침 반대 대답 진정 기대 가격 만원 천원 원짜리 하면 이라면 아니냐 뭐냐 그럴 이럴 저럴 어쩌 그러니 그러나 본거 나도 니네 얘네 쟤네
그들 종일 그럭저럭 심지어 더이상 너무너무 대충 들어올 더불어 가봐야 어케 매번 평소 그닥 평생 가끔씩 겨우 작년 올해 내년 대부분 기분 내용
`
    .trim()
    .split(/\s+/),
);

export const EN_COMMON = new Set(
  `
the and for are but not you all any can had her was one our out day get has him his how man new now old see two way
who boy did its let put say she too use that with have this will your from they know want been good much some time
very when come here just like long make many more only over such take than them well were what would there their
about could other these which into then also back after being where does dont didnt doesnt isnt wasnt cant wont im
ive id youre thats really think thing things people even still going got gonna yeah yes lol because should never
always ever every those why off own same most first last again right sure maybe actually pretty something anything
nothing someone anyone everyone today tomorrow yesterday look looks said says need feel feels felt lot lots though
little big great bad best better may might must shall upon went gone came done doing made makes making getting
before down each few through under until while during both between without within against across around please
thank thanks hello okay guy guys haha literally whole kind tell told give gives gave seem seems keep kept mean
means find found saw seen sounds sound love hate happy sad nice hope thought wish work name year didn doesn wasn
isn couldn wouldn shouldn aren haven won sorry don point wow glad probably comment dude damn fuck fucking shit hell
bitch ass suck dumb stupid idiot lmao omg idk tbh tho bro wrong real least show read believe try trying tried stop
stopped wait guess already idea else definitely next another care since weird funny happen having remember yourself
myself understand reason hear word call called using used looking everything agree saying watch watching gets
second end far start started ago fact yet exactly happened left bit talk talking enjoy heard feeling once honestly
either change imagine stuff high mind stay almost surprised less worse worst sense super absolutely beautiful poor
terrible amazing awesome cool cute sweet perfect horrible awful crazy leave wanted taking ask asking coming
sometime sometimes thinking appreciate matter wonder kinda check took shot able anyway welcome edit instead thread
totally completely curious full case fine seriously especially rather seeing worth turn knew known open together
realize link eat become soon anymore deserve chance quite couple alone single easy nah meant pick forgot bring self
die usually fake huge finally entire possible except excited posted sharing missed obviously nobody likely past
kill hit lose lost win part place hold true enough username half head mine set needed living ends ready shut outside
age help hard pass clear yep nope often stand generally currently badly highly early refuse play basically sadly purpose late lower strong missing
literally somehow simply quickly usual usually clearly truly extremely similar different certain important interesting disgusting gorgeous choose
posting mate hey top sort side line order number note hand eye face body month week hour minute later ago personally particular
playing fast deal fair bear throw honest expect amount large common further unless otherwise directly none non busy blame moment person three four five fun live question situation heart
`
    .trim()
    .split(/\s+/),
);

/** The form under which a word is counted, or null for one that names nothing. Rough on purpose: no dictionary, a few rules. */
export function stem(word: string): string | null {
  return /[가-힣]/.test(word) ? stemKorean(word) : stemEnglish(word);
}

function stemKorean(word: string): string | null {
  if (KO_COMMON.has(word) || BY_LENGTH.includes(word)) return null;
  if (NOUNS.has(word)) return word;
  const noun = withoutParticle(word);
  if (KO_COMMON.has(noun)) return null;
  if (NOUNS.has(noun)) return noun;
  if (ONE_SYLLABLE_AND_PARTICLE.test(noun) || COUNT.test(noun)) return null;
  return PREDICATE.test(word) || PREDICATE.test(noun) ? null : noun;
}

function withoutParticle(word: string): string {
  for (const particle of BY_LENGTH) {
    // At least two syllables stay: 고양이 keeps its 이 by the list of nouns, 나이 by its length.
    if (word.length - particle.length >= 2 && word.endsWith(particle)) return word.slice(0, -particle.length);
  }
  return word;
}

/** How English adverbs, participles and adjectives end. */
const DESCRIBES = /(?:[^e]ed|ly|ful|ous)$/;
const NO_ADVERBS = new Set('family reply italy july fly ally bully belly jelly butterfly'.split(' '));

function stemEnglish(word: string): string | null {
  const base = word.replace(/'.*$/, '');
  if (base !== word && base.length < 4) return null;
  const singular = /[^siu]s$/.test(base) ? base.slice(0, -1) : base;
  const noun = base.length > 4 ? singular : base;
  if (base.length > 4 && DESCRIBES.test(base) && !NO_ADVERBS.has(base)) return null;
  return noun.length < 3 || EN_COMMON.has(singular) || EN_COMMON.has(base) || EN_COMMON.has(noun) || /(.)\1\1/.test(noun)
    ? null
    : noun;
}
