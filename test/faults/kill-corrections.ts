import { EMOTIONS, type Emotion } from '../../src/domain/emotion';
import { graphql } from '../support/plain-api';

/** What a person knows of a message of theirs after the last acknowledged action. */
export interface Note {
  readonly id: string;
  readonly text: string;
  readonly emotions: readonly { readonly emotion: Emotion; readonly score: number }[];
  feeling: Emotion | null;
  takenBack: boolean;
}

const FIELDS = 'id text feeling hidden emotions { emotion score }';
const SEND = `mutation ($input: SendChatInput!) { sendChat(input: $input) { ${FIELDS} } }`;
const SET = `mutation ($id: ID!, $feeling: Emotion) { setFeeling(id: $id, feeling: $feeling) { ${FIELDS} } }`;
const TAKE_BACK = `mutation ($id: ID!) { takeBack(id: $id) { ${FIELDS} } }`;

export interface World {
  /** Address of the server; it changes when the server is started again. */
  readonly url: () => string;
  readonly random: () => number;
  /** Ends all people after what they are doing is acknowledged. */
  isOver: boolean;
  /** Number of acknowledged actions. */
  actions: number;
}

/**
 * Sends messages with and without feelings, corrects and takes back. Each action is repeated until it is acknowledged, like an outbox
 * does it, so that it is known afterwards what holds.
 */
export async function live(world: World, name: string, token: string): Promise<readonly Note[]> {
  const { random } = world;
  const notes: Note[] = [];
  const feelings = [null, ...EMOTIONS];
  const anyFeeling = (): Emotion | null => feelings[Math.floor(random() * feelings.length)] ?? null;
  const act = async <T>(query: string, variables: object): Promise<T> => {
    for (;;) {
      try {
        const data = await graphql<T>(world.url(), query, variables, token);
        world.actions++;
        return data;
      } catch {
        // The server was killed: the action may have happened or not.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  };
  while (!world.isOver) {
    const n = notes.length;
    const input = { clientMessageId: `${name}-${n}`, text: `mark-${name}-${n}-mark`, feeling: anyFeeling() };
    const { sendChat } = await act<{ sendChat: Note }>(SEND, { input });
    notes.push({ ...sendChat, feeling: input.feeling, takenBack: false });
    const note = notes[Math.max(0, n - Math.floor(random() * 3))] as Note;
    const dice = random();
    if (dice < 0.4 && !note.takenBack) {
      const feeling = anyFeeling();
      await act(SET, { id: note.id, feeling });
      note.feeling = feeling;
    } else if (dice < 0.7) {
      await act(TAKE_BACK, { id: note.id });
      note.takenBack = true;
    }
  }
  return notes;
}

export interface Sums {
  readonly count: number;
  readonly said: number;
  /** Whole percents, in the order of EMOTIONS. */
  readonly sums: readonly number[];
}

/** What the moods have to say of the messages. */
export function expectedSums(notes: readonly Note[]): Sums {
  const left = notes.filter(({ takenBack }) => !takenBack);
  const percent = ({ feeling, emotions }: Note, i: number): number =>
    feeling === null ? Math.round((emotions[i]?.score ?? 0) * 100) : feeling === EMOTIONS[i] ? 100 : 0;
  return {
    count: left.length,
    said: left.filter(({ feeling }) => feeling !== null).length,
    sums: EMOTIONS.map((_, i) => left.reduce((sum, note) => sum + percent(note, i), 0)),
  };
}

/** The sums that a mood was computed from. */
export async function readSums(url: string): Promise<Sums> {
  const query = '{ mood(minutes: 120) { messageCount saidShare scores { score } } }';
  interface Answer {
    readonly mood: { readonly messageCount: number; readonly saidShare: number; readonly scores: { readonly score: number }[] };
  }
  const { messageCount: count, saidShare, scores } = (await graphql<Answer>(url, query, {})).mood;
  return { count, said: Math.round(saidShare * count), sums: scores.map(({ score }) => Math.round(score * count * 100)) };
}
