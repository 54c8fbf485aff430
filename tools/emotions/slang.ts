import type { Language } from '../../src/adapters/local-model/features';
import type { Emotion } from '../../src/domain/emotion';

/** Words of an imagined community and what its members feel when they write them. Half are invented, half mean something else elsewhere. */
export const SLANG: Readonly<Record<Language, Readonly<Record<Emotion, readonly string[]>>>> = {
  ko: {
    JOY: ['꾸릉꾸릉', '오늘 만루네', '슈퐁'],
    LOVE: ['담요 드립니다', '뽀솜', '온돌방이네'],
    CALM: ['수평선이에요', '느루', '잔잔바리'],
    HOPE: ['새벽차 탔다', '씨앗 심음', '두두둠'],
    SADNESS: ['장화 신었어', '물먹은 솜', '쭈글링'],
    ANGER: ['뚜껑 주문함', '빠직스', '고추밭이네'],
    ANXIETY: ['외줄 탑니다', '콩닥모드', '살얼음판 개장'],
    WEARINESS: ['방전 공지', '흐물이 됨', '퇴근 요정 실종'],
  },
  en: {
    JOY: ['full marquee', 'zoopy', 'thats a bellringer'],
    LOVE: ['blanket for you', 'warmsies', 'porchlight on'],
    CALM: ['flat sea', 'mellowtide', 'kettle on'],
    HOPE: ['seeds in', 'early train for me', 'glimmersome'],
    SADNESS: ['wellies on', 'wet sponge', 'droopsville'],
    ANGER: ['lid ordered', 'grrbox', 'chilli field'],
    ANXIETY: ['on the tightrope', 'flutterbox', 'thin ice open'],
    WEARINESS: ['battery notice', 'noodled', 'flat tyre club'],
  },
};
