import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { EMOTIONS, type Emotion, type EmotionScores } from '../../domain/emotion';
import type { Mood } from '../../domain/insight';
import { Cost } from '../cost';

export const EmotionEnum = Object.fromEntries(EMOTIONS.map((name) => [name, name])) as { [E in Emotion]: E };
registerEnumType(EmotionEnum, {
  name: 'Emotion',
  description: 'Emotion of a message: four pleasant ones, then four unpleasant ones.',
  valuesConfig: {
    JOY: { description: 'Fun, delight, pride.' },
    LOVE: { description: 'Gratitude, care, admiration.' },
    CALM: { description: 'Ease, relief, trust.' },
    HOPE: { description: 'Expectation, curiosity, resolve.' },
    SADNESS: { description: 'Grief, disappointment, regret.' },
    ANGER: { description: 'Irritation, complaint, disgust.' },
    ANXIETY: { description: 'Worry, fear, confusion.' },
    WEARINESS: { description: 'Tiredness, burden, boredom.' },
  },
});

export enum MoodBucketEnum {
  HOUR = 'HOUR',
  DAY = 'DAY',
}
registerEnumType(MoodBucketEnum, {
  name: 'MoodBucket',
  description: 'Width of a bucket of a timeline.',
  valuesConfig: {
    HOUR: { description: 'One hour.' },
    DAY: { description: 'One day in the time zone of the installation (setting INSIGHT_TZ).' },
  },
});

@ObjectType('EmotionScore', {
  description: 'How strongly an emotion is present, 0 (absent) to 1 (certain). Scores of different emotions are independent.',
})
export class EmotionScoreObject {
  @Field(() => EmotionEnum, { description: 'The emotion.' })
  emotion!: Emotion;

  @Field(() => Float, { description: 'Score from 0 (absent) to 1 (certain).' })
  score!: number;

  static listOf(scores: EmotionScores): EmotionScoreObject[] {
    return EMOTIONS.map((emotion, i) => Object.assign(new EmotionScoreObject(), { emotion, score: scores[i] ?? 0 }));
  }
}

@ObjectType('Mood', { description: 'The mood of a room over a window of time, computed from every message in it.' })
export class MoodObject {
  @Field(() => ID, { description: 'Id of the room; empty for myMood.' })
  room!: string;

  @Field(() => GraphQLISODateTime, { description: 'Start of the window, inclusive.' })
  windowStart!: Date;

  @Field(() => GraphQLISODateTime, { description: 'End of the window, exclusive.' })
  windowEnd!: Date;

  @Field(() => Int, { description: 'Number of messages in the window.' })
  messageCount!: number;

  @Field(() => [EmotionScoreObject], { description: 'Mean scores of the messages; all zero when messageCount is 0.' })
  @Cost({ length: EMOTIONS.length })
  scores!: EmotionScoreObject[];

  @Field(() => EmotionEnum, { nullable: true, description: 'The emotion that stands out, or null if none does.' })
  dominantEmotion!: Emotion | null;

  @Field(() => Float, {
    description:
      'Pleasantness from -1 to 1: (P - N) / max(1, P + N), where P is the sum of the mean scores of JOY, LOVE, CALM and HOPE ' +
      'and N is the sum of those of SADNESS, ANGER, ANXIETY and WEARINESS.',
  })
  valence!: number;

  @Field(() => Float, {
    description: 'Share of the messages whose feeling the writer said, 0 to 1; 0 without messages.',
  })
  saidShare!: number;

  static of(mood: Mood): MoodObject {
    return Object.assign(new MoodObject(), {
      room: mood.room,
      windowStart: new Date(mood.window.start),
      windowEnd: new Date(mood.window.end),
      messageCount: mood.messageCount,
      scores: EmotionScoreObject.listOf(mood.scores),
      dominantEmotion: mood.dominant,
      valence: mood.valence,
      saidShare: mood.saidShare,
    });
  }
}
