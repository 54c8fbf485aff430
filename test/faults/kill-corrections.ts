import { EMOTIONS, type Emotion } from '../../src/domain/emotion';
import { EMPATHIES, type Empathy } from '../../src/domain/empathy';
import { graphql } from '../support/plain-api';

/** What is known of a message after the last acknowledged actions. */
export interface Note {
  readonly id: string;
  readonly text: string;
  readonly emotions: readonly { readonly emotion: Emotion; readonly score: number }[];
  readonly writer: string;
  /** What each person pressed last, by name; null if they removed it. */
  readonly presses: Map<string, Empathy | null>;
  feeling: Emotion | null;
  takenBack: boolean;
}

const FIELDS = 'id text feeling hidden emotions { emotion score }';
const SEND = `mutation ($input: SendChatInput!) { sendChat(input: $input) { ${FIELDS} } }`;
const SET = `mutation ($id: ID!, $feeling: Emotion) { setFeeling(id: $id, feeling: $feeling) { ${FIELDS} } }`;
const PRESS = `mutation ($id: ID!, $empathy: Empathy) { setEmpathy(chatId: $id, empathy: $empathy) { id } }`;
const TAKE_BACK = `mutation ($id: ID!) { takeBack(id: $id) { ${FIELDS} } }`;

export interface World {
  /** Address of the server; it changes when the server is started again. */
  readonly url: () => string;
  readonly random: () => number;
  /** The messages of everybody, in the order of their acknowledgements. */
  readonly notes: Note[];
  /** Ends all people after what they are doing is acknowledged. */
  isOver: boolean;
  /** Number of acknowledged actions. */
  actions: number;
}

/** Newest messages of the others that a person presses empathies on; few, so that people press on the same ones. */
const PRESSED_OF_NEWEST = 5;

/**
 * Sends messages with and without feelings, corrects and takes back, and presses, changes and removes empathies on messages of others.
 * Each action is repeated until it is acknowledged, like an outbox does it, so that it is known afterwards what holds.
 */
export async function live(world: World, name: string, token: string): Promise<void> {
  const { random } = world;
  const own: Note[] = [];
  const anyOf = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  const anyFeeling = (): Emotion | null => anyOf([null, ...EMOTIONS]) ?? null;
  const attempt = async <T>(query: string, variables: object): Promise<T | undefined> => {
    try {
      const data = await graphql<T>(world.url(), query, variables, token);
      world.actions++;
      return data;
    } catch {
      // The server was killed: the action may have happened or not.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return undefined;
    }
  };
  const act = async <T>(query: string, variables: object): Promise<T> => {
    for (;;) {
      const data = await attempt<T>(query, variables);
      if (data) return data;
    }
  };
  const press = async (note: Note): Promise<void> => {
    const empathy = anyOf([null, ...EMPATHIES]) ?? null;
    note.presses.set(name, empathy);
    // A press is refused once the message is taken back.
    while (!note.takenBack && !(await attempt(PRESS, { id: note.id, empathy })));
  };
  while (!world.isOver) {
    const n = own.length;
    const input = { clientMessageId: `${name}-${n}`, text: `mark-${name}-${n}-mark`, feeling: anyFeeling() };
    const { sendChat } = await act<{ sendChat: Note }>(SEND, { input });
    const sent: Note = { ...sendChat, writer: name, presses: new Map(), feeling: input.feeling, takenBack: false };
    own.push(sent);
    world.notes.push(sent);
    const others = world.notes.filter(({ writer }) => writer !== name).slice(-PRESSED_OF_NEWEST);
    const pressed = anyOf(others);
    if (pressed) for (let presses = 1 + Math.floor(random() * 3); presses > 0; presses--) await press(pressed);
    const note = own[Math.max(0, n - Math.floor(random() * 3))] as Note;
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
}

/** The counts that a message has to have, in the order of EMPATHIES. */
export const expectedCounts = ({ presses, takenBack }: Note): { empathy: Empathy; count: number }[] =>
  EMPATHIES.map((empathy) => ({
    empathy,
    count: takenBack ? 0 : [...presses.values()].filter((pressed) => pressed === empathy).length,
  }));

interface Mark {
  readonly chatId: string;
  readonly empathy: Empathy | null;
}

/** What a person has to have pressed on each message. */
export const expectedMarks = (notes: readonly Note[], name: string): Mark[] =>
  notes.map(({ id, presses, takenBack }) => ({ chatId: id, empathy: takenBack ? null : (presses.get(name) ?? null) }));

/** What a person pressed on each message, as that person reads it. */
export async function readMarks(url: string, notes: readonly Note[], token: string): Promise<Mark[]> {
  const query = 'query ($ids: [ID!]!) { chatMarks(ids: $ids) { chatId empathy } }';
  const marks: Mark[] = [];
  for (let from = 0; from < notes.length; from += 100) {
    const ids = notes.slice(from, from + 100).map(({ id }) => id);
    marks.push(...(await graphql<{ chatMarks: Mark[] }>(url, query, { ids }, token)).chatMarks);
  }
  return marks;
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
