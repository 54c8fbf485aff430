/** What the people of the demo say, in the order they say it. Written for it; nobody real is quoted. */
export const KO: readonly string[] = `
오늘 아침 공기가 정말 맑아서 기분이 좋아요.
버스를 코앞에서 놓쳤어요. 너무 짜증 나요!
창가에 앉아 커피 한 잔 마시는 지금이 참 평화로워요.
내일 발표가 있는데 벌써부터 떨리고 걱정돼요.
동생이 말없이 설거지를 해 놨어요. 고맙고 사랑스러워요.
야근 사흘째… 너무 지치고 힘들어요.
오래 준비한 시험에 붙었어요! 너무 기뻐요!
고양이가 무릎에서 잠들었어요. 움직일 수가 없네요. 행복해요.
비가 와서 그런지 괜히 슬퍼요.
새로 심은 바질에서 싹이 났어요. 잘 자라 주면 좋겠어요.
점심에 먹은 김치찌개가 정말 맛있었어요.
월요일은 왜 이렇게 빨리 올까요. 피곤해요.
할머니가 보고 싶어요. 눈물이 나요.
다음 달에 여행을 가요. 벌써 기대돼요!
윗집 공사 소리 때문에 화가 나요.
퇴근길 노을이 예뻐서 한참 서 있었어요.
친구가 먼저 연락해 줬어요. 정말 고마웠어요.
면접 결과를 기다리는 중인데 불안해요.
산책하고 나니 마음이 편안해졌어요.
오늘은 아무것도 하기 싫어요. 귀찮고 지루해요.
처음으로 5킬로미터를 뛰었어요. 뿌듯해요!
강아지가 아파서 병원에 왔어요. 너무 걱정돼요.
도서관 냄새는 언제 맡아도 좋아요. 차분해져요.
약속을 또 미뤘대요. 진짜 실망이에요.
엄마가 끓여 준 미역국, 사랑해요 엄마.
이번에는 꼭 해낼 수 있을 것 같아요.
비행기 표를 샀어요! 신나요!
밤이 길어졌네요. 조금 외로워요.
옆자리 동료가 간식을 나눠 줬어요. 다정한 사람이에요.
지하철에서 발을 밟혔는데 사과도 없었어요. 화나요.
따뜻한 물에 발을 담그니 살 것 같아요. 편안해요.
요즘 잠을 못 자서 너무 피곤해요.
씨앗을 심었어요. 봄에 꽃을 볼 수 있기를 바라요.
오늘 웃긴 일이 있었는데 아직도 웃음이 나요 ㅋㅋㅋ
돈 걱정에 잠이 안 와요.
아이가 처음으로 저를 그려 줬어요. 감동이에요.
노트북이 갑자기 꺼졌어요. 작업한 게 다 날아가서 속상해요.
같이 걷자고 말해 줘서 고마워요.
창밖에 눈이 와요. 고요하고 좋아요.
회의가 네 시간째예요. 지쳐요.
드디어 방 청소를 끝냈어요! 개운해요.
내일은 오늘보다 나을 거라고 믿어요.
오랜 친구와 다퉜어요. 마음이 아파요.
동네 빵집 소금빵이 막 나왔어요. 행복한 냄새예요.
주문이 또 취소됐어요. 정말 답답하고 화가 나요.
혼자 있는 시간이 요즘은 참 편안해요.
기타를 배우기 시작했어요. 설레요.
검사 결과가 내일 나와요. 무서워요.
아빠가 몰래 용돈을 보내 줬어요. 사랑해요.
오늘 하늘 보셨어요? 구름이 고래 같아요.
하루 종일 서 있었더니 다리가 아프고 힘들어요.
합격 소식을 듣고 다 같이 울었어요. 너무 기뻐서요.
이별한 지 한 달, 아직도 생각나서 슬퍼요.
강가에 앉아 물소리를 듣고 있어요. 마음이 고요해요.
다음 분기 목표, 해 볼 만한 것 같아요. 기대돼요.
층간 소음 때문에 못 살겠어요. 짜증 나요.
처음 만든 파스타가 성공했어요! 신난다!
아무도 제 마음을 모르는 것 같아 외로워요.
손편지를 받았어요. 아직도 이런 다정함이 있네요.
마감이 내일인데 반도 못 했어요. 초조해요.
라디오에서 옛날 노래가 나와요. 괜히 그리워요.
오늘 만난 기사님이 참 친절했어요. 고맙습니다.
주말 내내 잤는데도 피곤해요.
달리기 모임에 나가 보기로 했어요. 두근두근해요.
아침에 들은 새소리 덕분에 하루가 평온했어요.
비밀번호를 또 잊어버렸어요. 왜 이렇게 답답하죠.
졸업 작품이 드디어 완성됐어요! 자랑스러워요.
화분이 시들었어요. 미안하고 속상해요.
서로 다른 우산을 나눠 쓰고 웃었어요. 좋은 날이에요.
이 도시에 온 지 일 년, 이제 조금 내 자리 같아요.
병원 대기가 두 시간째예요. 지루하고 힘들어요.
내 그림이 처음으로 팔렸어요! 꿈만 같아요.
혼자 걷는 밤길은 아직 무서워요.
군고구마를 반으로 나눠 먹었어요. 따뜻해요.
택배가 사흘째 안 와요. 짜증 나네요.
아기가 처음으로 걸었어요! 정말 행복해요!
조용한 카페를 찾았어요. 여기 오래 있고 싶어요.
새해에는 더 자주 웃고 싶어요. 그럴 수 있겠죠?
기다리던 책이 도착했어요. 오늘 밤이 기대돼요.
아무 이유 없이 불안한 날이 있어요.
내 편이 되어 줘서 고마워요, 언니.
계단을 오르다 숨이 찼어요. 운동해야겠어요.
경기에서 졌지만 끝까지 뛰었어요. 후회 없어요.
버려진 강아지 소식에 마음이 아파요.
오늘 저녁은 내가 차렸어요. 다들 맛있대요! 뿌듯해요.
말이 안 통하는 사람이랑 일하는 건 정말 화나요.
따뜻한 차, 담요, 빗소리. 더 바랄 게 없어요.
첫 월급을 받았어요! 부모님께 뭘 사 드릴까요?
요즘 거울을 보면 지친 얼굴만 보여요.
우리 팀이 해냈어요! 다들 정말 고생 많았어요.
돌아가신 할아버지 목소리가 그리워요.
내일 비가 그치면 산에 갈 거예요. 기대돼요.
시험 범위가 또 늘었대요. 막막하고 걱정돼요.
누가 문을 잡아 줬어요. 작은 친절이 고마웠어요.
나무 그늘 아래 누워 있어요. 바람이 좋아요.
같은 말을 열 번째 하고 있어요. 지쳐요.
드디어 자전거를 탈 수 있게 됐어요! 신나요!
괜찮다고 말했지만 사실은 슬퍼요.
천천히 가도 괜찮다고, 오늘은 그렇게 믿어 볼래요.
다들 좋은 밤 보내세요. 여기 참 다정한 곳이에요.
`
  .trim()
  .split('\n');

export const EN: readonly string[] = `
The sun is out and I am so happy about it.
Missed the bus by two seconds. So annoying!
Tea, a window, nobody talking. I feel calm.
I have a talk tomorrow and I am really nervous.
My sister did the dishes without a word. I love her.
Third late night in a row. I am exhausted.
I passed! I passed the exam! So happy!
The cat fell asleep on my lap. This is my life now and it is wonderful.
Rainy days make me a little sad.
The basil has sprouted. I hope it makes it.
That soup was the best thing that happened this week.
Mondays come too fast. I am tired already.
I miss my grandmother. I cried a bit today.
We leave for the coast next month. Looking forward to it!
The drilling upstairs makes me furious.
Stopped to watch the sunset on the way home. Peaceful.
An old friend called out of nowhere. So grateful.
Waiting for the result and I am anxious about everything.
A walk by the river and my mind is quiet again.
I cannot be bothered with anything today. Bored and tired.
First five kilometres without stopping. Proud of myself!
The dog is at the vet and I am worried sick.
Libraries smell like patience. I feel at ease here.
They cancelled again. I am so disappointed.
Dad sent me a photo of the garden. I love him so much.
This time I think I can really do it.
Booked the flight! I am so excited!
The nights are long now. It gets lonely.
A colleague shared her lunch with me. What a kind person.
Somebody stepped on my foot and did not even say sorry. Angry.
Feet in warm water. Everything is all right.
I have not slept well for days. So tired.
Planted seeds today and I hope for flowers in spring.
I laughed so hard that I am still laughing.
Money worries kept me awake again.
My kid drew me for the first time. My heart is full of love.
The laptop died and took my work with it. I feel awful.
Thank you for walking with me yesterday.
Snow outside, and it is so quiet. Peaceful.
Hour four of this meeting. I am worn out.
My room is finally clean! What a good feeling.
Tomorrow will be better. I believe that.
I argued with my best friend. It hurts.
Fresh bread on the corner. The whole street smells happy.
They lost my order again. I am really angry now.
I have come to enjoy being on my own. It is calm.
Started guitar lessons. Excited to be bad at something new.
The results come tomorrow. I am scared.
Mum hid a note in my bag. I love her.
Did you see the clouds? One looked like a whale.
On my feet all day. Everything aches, I am exhausted.
We all cried when the news came. Happy tears!
A month since we broke up and I am still sad.
Listening to water. Nothing else. I feel calm.
The new plan might actually work. I am hopeful.
The neighbours and their drums. I hate it.
My first homemade pasta worked! Delighted!
Sometimes I think nobody understands, and I feel alone.
I got a letter written by hand. That was so kind of her.
The deadline is tomorrow and I am panicking.
An old song on the radio and I miss everyone.
The driver waited for me. Thank you, whoever you are.
I slept all weekend and I am still tired.
I am going to try the running club. Nervous, but hopeful!
Birdsong at six in the morning, and a calm day after it.
Forgot my password again. This is so frustrating.
My final project is done! I am proud of it.
The plant died and I feel sad about it.
We shared one umbrella and laughed all the way. Great day.
A year in this city and it begins to feel like mine.
Two hours in the waiting room. Bored and weary.
I sold my first painting! I cannot believe it, so happy!
Walking home alone at night still scares me.
Half a sweet potato each, on a cold bench. Lovely.
The parcel is three days late. Annoying.
The baby walked today! Pure joy!
Found a quiet café. I may live here now.
I hope to laugh more often this year.
The book I waited for is here. Looking forward to tonight!
Some days I am anxious for no reason at all.
Thank you for being on my side. I love you for it.
Out of breath on the stairs. I should move more.
We lost, but we ran until the end. Proud of us.
Sad news about the shelter dogs today.
I cooked for everyone and they liked it! Happy.
Working with people who never listen makes me angry.
A blanket, tea and rain. Completely at peace.
My first pay came in! What do I buy my parents?
I look in the mirror and see a tired face.
Our team did it! Wonderful work, everyone!
I miss my grandfather’s voice.
If the rain stops we go up the hill. I hope so.
They added two more chapters to the exam. I am worried.
Somebody held the door. Small things, thank you.
Lying under a tree. There is a breeze, and I feel calm.
Explaining it for the tenth time. I am so tired of this.
I can ride a bicycle at last! So much fun!
I said I was fine, but I am sad.
Slow is fine too. Today I want to believe that.
Good night, all of you. This is a kind place.
`
  .trim()
  .split('\n');
