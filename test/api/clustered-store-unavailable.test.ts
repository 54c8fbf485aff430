import type { TestApp } from '../support/app';
import { Cluster } from '../support/cluster';
import {
  ChatDocument,
  SetEmpathyDocument,
  SetFeelingDocument,
  TakeBackDocument,
  type Emotion,
  type Empathy,
} from '../support/generated/graphql';
import { MongoService } from '../support/mongo-service';
import { withServices } from '../support/services';
import { until } from '../support/until';

withServices(['redis', 'mongo'], (services) => {
  let mongo: MongoService;
  let app: TestApp;
  beforeAll(async () => {
    // One of its own: a shared one may not be stopped.
    mongo = await MongoService.start();
    app = await (await Cluster.on({ redis: services.redis, mongo })).start('api,live,worker');
  });
  afterAll(async () => {
    await app.stop();
    await mongo.stop();
  });

  test('setEmpathy, setFeeling and takeBack answer UNAVAILABLE with `stored` while MongoDB is down, and work once it is up', async () => {
    const [writer, reader] = [await app.person(), await app.person()];
    const { id } = await app.send(writer, 'a long day');
    const press = (empathy: Empathy) => app.post(SetEmpathyDocument, { chatId: id, empathy }, reader.accessToken);
    const say = (feeling: Emotion) => app.post(SetFeelingDocument, { id, feeling }, writer.accessToken);
    const takeBack = () => app.post(TakeBackDocument, { id }, writer.accessToken);
    await press('HUG');

    await mongo.down();
    const stored = expect.stringMatching(/^(no|unknown)$/) as string;
    for (const { data, errors } of [await press('CHEER'), await say('JOY'), await takeBack()]) {
      expect(data).toBeNull();
      expect(errors).toEqual([
        expect.objectContaining({
          extensions: expect.objectContaining({
            code: 'UNAVAILABLE',
            retryAfter: expect.any(Number) as number,
            stored,
          }) as unknown,
        }),
      ]);
    }

    await mongo.up();
    await until(async () => (await press('CHEER')).errors.length === 0, 'the empathy is stored');
    await until(async () => (await say('JOY')).errors.length === 0, 'the feeling is stored');
    expect((await app.ask(ChatDocument, { id })).chat?.empathies.map(({ count }) => count)).toEqual([0, 0, 1]);
    await until(async () => (await takeBack()).errors.length === 0, 'the message is taken back');
    expect((await app.ask(ChatDocument, { id })).chat).toMatchObject({ id, text: '', hidden: true });
  });
});
