import type { Question } from '../../src/domain/question';
import type { QuestionStore } from '../../src/ports/question-store';
import { NOON } from './samples';
import { eachTest, type MakeSubject } from './subject';

/** A question asked so many seconds after NOON. */
const question = (id: string, seconds: number, rest: Partial<Question> = {}): Question => ({
  id,
  room: 'main',
  text: `오늘 ${id}은 어땠어요?`,
  askedAt: NOON + seconds * 1_000,
  ...rest,
});

export function questionStoreContract(name: string, make: MakeSubject<QuestionStore>): void {
  describe(`${name} as a QuestionStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;
    const idsOf = async (room: string, before: Question | undefined, limit: number) =>
      (await store().page(room, before, limit)).map(({ id }) => id);

    test('a question is read as it was stored, also after a restart', async () => {
      const asked = question('a', 1, { room: 'side', text: '"왜"? 🌱' });
      await store().add(asked);
      expect(await store().byId('a')).toEqual(asked);
      const reopened = await subject().reopen();
      expect(await reopened.byId('a')).toEqual(asked);
      expect(await reopened.page('side', undefined, 10)).toEqual([asked]);
    });

    test('the questions of a room are removed together', async () => {
      for (const one of [question('a', 1), question('b', 2), question('c', 1, { room: 'side' })]) await store().add(one);
      await store().removeRoom('main');
      expect(await store().byId('a')).toBeUndefined();
      expect(await idsOf('main', undefined, 10)).toEqual([]);
      expect(await idsOf('side', undefined, 10)).toEqual(['c']);
    });

    test('an unknown, empty or very long id has no question', async () => {
      for (const id of ['b', '', 'x'.repeat(5_000)]) expect(await store().byId(id)).toBeUndefined();
    });

    test('a question id is stored once', async () => {
      await store().add(question('a', 1));
      await store().add(question('a', 2, { text: 'another' }));
      expect(await store().page('main', undefined, 10)).toEqual([question('a', 1)]);
    });

    test('pages of questions go back in time, room by room, without gaps between equal times', async () => {
      for (const id of ['b', 'a', 'c']) await store().add(question(id, 5));
      await store().add(question('first', 1));
      await store().add(question('last', 9));
      await store().add(question('other', 5, { room: 'side' }));
      expect(await idsOf('main', undefined, 2)).toEqual(['last', 'c']);
      expect(await idsOf('main', question('c', 5), 2)).toEqual(['b', 'a']);
      expect(await idsOf('main', question('a', 5), 2)).toEqual(['first']);
      expect(await idsOf('main', question('first', 1), 2)).toEqual([]);
      expect(await idsOf('main', question('', 5), 10)).toEqual(['first']);
      expect(await idsOf('main', undefined, 0)).toEqual([]);
      expect(await idsOf('none', undefined, 10)).toEqual([]);
    });
  });
}
