import { EMOTIONS, type Emotion } from '../../src/domain/emotion';
import type { Row } from './data';

/**
 * Plain chat, written for this project. The labelled rows are comments on news, videos and forum posts: few are neutral and many have
 * mixed feelings. Without the rows here, "회의는 2시예요" is scored as an average comment and "너무 슬프다" as praise of a film.
 */
type Words = Readonly<Partial<Record<Emotion | 'none', string>>>;

/** Every beginning is combined with each of its words, which `|` separates. */
const KO_BEGINNINGS = '|오늘 |너무 |진짜 |나 요즘 ';
const KO: Words = {
  JOY: '행복해요|행복하다|행복했어|기뻐요|기쁘다|기뻤어요|신나요|신난다|신났어|즐거워요|즐거웠어|재밌어요|재밌다 ㅋㅋ|웃겨 ㅋㅋㅋ|웃겨요|기분 좋아요|기분 좋다|뿌듯해요|뿌듯하다',
  LOVE: '고마워요|고맙습니다|고마워|감사해요|감사합니다|사랑해요|사랑해|사랑합니다|응원해요|응원합니다|존경해요|멋져요|예뻐요|소중해요|감동이에요|귀여워요',
  CALM: '편안해요|마음이 편안해졌어요|마음이 편해요|평온해요|평온하다|안심돼요|안심이다|다행이에요|다행이다|차분해요|여유로워요|조용하고 좋아요|푹 쉬었어요|느긋해요|마음이 놓여요',
  HOPE: '기대돼요|기대된다|기대하고 있어요|설레요|설렌다|희망이 생겨요|잘됐으면 좋겠어요|잘 되길 바라요|궁금해요|꼭 해내고 싶어요|내일이 기다려져요|힘내 볼게요|잘될 거라 믿어요',
  SADNESS:
    '슬퍼요|슬프다|슬퍼|슬펐어|슬퍼 ㅠㅠ|눈물이 나요|눈물 난다|우울해요|우울하다|외로워요|외롭다|속상해요|속상하다|마음이 아파요|서러워요|허전해요|그리워요|보고 싶어서 울었어요',
  ANGER:
    '화나요|화가 난다|화났어|짜증나|짜증나요|짜증 난다|열받아|열받네|빡친다|어이없다|어이가 없네|억울하고 화나|미치겠네 짜증|역겹다|싫어 죽겠어|분통 터진다',
  ANXIETY:
    '불안해요|불안하다|불안해|걱정돼요|걱정된다|걱정이 많아요|무서워요|무섭다|무서워|두려워요|긴장돼요|긴장된다|떨려요|초조해요|겁나요|깜짝 놀랐어요|당황했어요',
  WEARINESS:
    '피곤해요|피곤하다|피곤해|지쳤어요|지친다|지쳤어|힘들어요|힘들다|힘들었다|귀찮아요|귀찮다|귀찮아|지루해요|지루하다|졸려요|졸리다|기운이 없어요|번아웃 왔어요|아무것도 하기 싫어요|쉬고 싶어요',
  none:
    '회의가 있어요|회사에 있어요|집에 도착했어|집에 가요|학교에 갔어요|역에 도착했어요|밥 먹었어요|점심 먹었어|저녁 먹어요|커피 마셔요|책 읽었어요|메일 보냈어요|일하는 중이에요|운동 갔다 왔어요|수업 있어요|' +
    '버스 탔어요|장 보러 가요|영화 봤어요|코드 짜는 중이에요|전화했어요',
};
/** Complete messages. */
const KO_NEUTRAL = `회의는 세 시에 시작합니다|오늘 회의 몇 시예요?|내일 오전에 만나요|네 알겠습니다|넵 확인했습니다|지금 어디세요?|자료 올려뒀어요|링크 보내드릴게요
점심 먹고 올게요|저는 1층에 있어요|오후에 다시 연락드리겠습니다|파일 이름이 뭐예요?|그건 다음 주 일정이에요|화요일로 옮겼습니다|비밀번호는 따로 보냈어요
문서 3페이지를 보세요|오늘은 월요일입니다|버스는 10분 간격으로 와요|코드 리뷰 요청드립니다|배포는 내일 오전입니다|서버 재시작했습니다|테스트 중입니다|테스트
안녕하세요|안녕하세요 저는 개발팀입니다|네|아니요|음|그렇군요|그래서요?|몇 명이에요?|누가 가나요?|어느 방에서 해요?|여기는 서울입니다
주소는 위와 같습니다|전화번호 알려주세요|메일 보냈습니다|메일 확인 부탁드려요|출석 체크합니다|과제는 금요일까지입니다|3번 문제 답은 2번입니다
엘리베이터는 왼쪽에 있습니다|주문은 키오스크에서 합니다|회의실 예약했어요|오늘 날씨는 흐립니다|기온은 15도입니다|버전은 2.1입니다|이 함수는 문자열을 받습니다
변수 이름을 바꿨습니다|데이터베이스에 저장됩니다|커밋했습니다|풀 리퀘스트 올렸어요|다음 역은 강남역입니다|집에 가는 중이에요|저녁은 김치찌개 먹었어요
커피 한 잔 시켰어요|마트에 들렀다가 갈게요|책은 책상 위에 있어요|수업은 9시에 시작해요|저는 2반입니다|오늘 발표 순서 알려드립니다|공지 확인해 주세요
회의록 공유합니다|시간 되시면 말씀해 주세요|잠시만요|잠깐 자리 비웁니다|다녀왔습니다|ㅇㅇ|ㅇㅋ|ㄴㄴ|ㄱㄱ|ㅁㄴㅇㄹ|ㅂㅈㄷㄱ|123|가나다라|테스트입니다 123
월요일 두 시에 봐요|한 시 반에 출발합니다|이따 네 시에 전화할게요|오늘 일정은 다섯 시까지예요|회의 자료는 폴더에 있어요|택배는 문 앞에 두세요
저는 부산에 살아요|저는 대학생입니다|제 이름은 민수예요|몇 시에 끝나요?|어디서 만날까요?|뭐 먹을까요?|점심 뭐 먹지?|언제 출발해요?|지금 몇 시예요?|누구세요?
배포 끝났습니다|빌드 돌리는 중이에요|내일 10시에 봅시다|5분 뒤에 도착해요|화장실은 오른쪽이에요|주차장은 지하 2층입니다|우산은 현관에 있어요|비가 올 것 같아요
내일 아침 9시에 봅시다|모레 두 시에 봐요|금요일 저녁에 보자|10분 뒤에 가요|조금 이따 갈게요|곧 도착합니다|방금 나왔어요|이제 집에 가요
언제 시작하나요?|몇 시까지 해요?|얼마예요?|어떻게 가요?|어디에 있어요?|무슨 요일이에요?|저녁 뭐 드세요?|내일 뭐 하세요?|누가 와요?|다 왔어요?|메뉴가 뭐예요?
기차는 7시에 떠나요|비행기는 정시에 출발합니다|파일은 공유 폴더에 있습니다|서류는 우편으로 보냈습니다|사진은 앨범에 올렸어요|작업 끝났습니다|설치 끝났어요|업로드했습니다|점심은 한 시에 먹어요
물은 냉장고에 있어요|열쇠는 서랍에 있습니다|저는 인천에 살아요|저는 3층에서 일해요|학교는 여기서 가까워요|이 버스는 시청에 가요|가게는 10시에 열어요|문서는 두 번째 탭에 있어요|이메일로 답장했어요
회의는 두 시예요|오늘은 수요일이에요|저는 회사원이에요|사과 세 개 샀어요|지하철로 30분 걸려요|답장 주세요|확인 부탁드립니다|네 맞아요|아 그렇구나|지금 가는 중`;

const EN_BEGINNINGS = "i am |i'm so |feeling |today i was ";
/** Without WEARINESS, as the labelled rows: the scorer uses a word list for it. */
const EN: Words = {
  JOY: 'happy|so happy|glad|delighted|cheerful|excited|thrilled|overjoyed|proud of myself',
  LOVE: 'in love|grateful|so thankful for you|touched by your kindness|full of love',
  CALM: 'calm|calm and peaceful|relaxed|at peace|relieved|at ease|serene|content and quiet',
  HOPE: 'hopeful|looking forward to it|optimistic|curious about it|eager to see it|hoping for the best',
  SADNESS: 'sad|so sad|heartbroken|lonely|depressed|down|miserable|in tears|disappointed',
  ANGER: 'angry|furious|mad at them|annoyed|irritated|outraged|pissed off|fed up with this crap',
  ANXIETY: 'afraid|scared|nervous|worried|anxious|terrified|confused|embarrassed|stressed and worried',
  none: 'at home|at work|in the office|on the bus|reading a book|cooking dinner|in a meeting|on my way|at the station|free at noon',
};
const EN_NEUTRAL = `the meeting starts at three|see you tomorrow morning|I am on the first floor|the file is in the shared folder|ok, noted|test|testing 1 2 3|hello|hi all
which room is it?|the bus comes every ten minutes|deployed to staging|the next stop is Central|I moved it to Tuesday|the report is on page four|lunch is at noon
what time is the call?|please check the calendar|I sent the mail|the parcel is at the door|it is Monday today|the server was restarted|when does it start?|where is the station?
what time do we meet?|how many people are coming?|who has the key?|the answer is on page two|my train leaves at six|I live in Seoul|my name is Sam|it takes ten minutes by bus
what time does the bus leave?|which bus goes to the station?|does it start at nine?|when is the deadline?|who is coming tonight?|where do we meet?|can you send me the link?
the code is in the main branch|the build is done|here is the address|turn left at the corner|the shop opens at nine|we have two cats and a dog|I had soup for dinner|it is raining outside`;

function rows(words: Words, beginnings: string, neutral: string): readonly Row[] {
  const labelled = (label: Emotion | 'none', texts: string, starts: string): Row[] =>
    starts.split('|').flatMap((start) =>
      texts
        .split(/[|\n]/)
        .filter((text) => text !== '')
        .map((text) => ({
          text: start + text,
          labels: EMOTIONS.map((emotion) => (emotion === label ? 1 : 0)),
        })),
    );
  return [
    ...[...EMOTIONS, 'none' as const].flatMap((label) => labelled(label, words[label] ?? '', beginnings)),
    ...labelled('none', neutral, ''),
  ];
}

export const OWN_ROWS = { ko: rows(KO, KO_BEGINNINGS, KO_NEUTRAL), en: rows(EN, EN_BEGINNINGS, EN_NEUTRAL) } as const;
