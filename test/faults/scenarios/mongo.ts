import { strict as assert } from 'node:assert';
import type { Trial } from '../trial';
import type { Scenario } from './scenario';

/** What a send is told when the backlog is full. */
const FULL = /Too many messages wait to be stored/;

const failures = (trial: Trial) => trial.logged(/batch not stored/).length;

/** How far the log is ahead of the store. */
const waiting = async ({ on }: Trial, storedBefore: number) => (await on.head()) - storedBefore;

async function away(trial: Trial, during: () => Promise<void>): Promise<string> {
  const before = await trial.on.stored();
  const acksBefore = trial.account.ackTimes.length;
  await trial.on.mongo.down();
  await during();
  const waited = await waiting(trial, before);
  const acks = trial.account.ackTimes.length - acksBefore;
  await trial.on.mongo.up();
  trial.healed();
  assert.ok(failures(trial) > 0, 'no batch failed');
  assert.ok(acks > 0, 'nothing was acknowledged meanwhile');
  return `${acks} messages acknowledged and ${waited} waiting meanwhile`;
}

export const MONGO: readonly Scenario[] = [
  {
    name: 'mongo-down',
    about: 'MongoDB down for 30 s',
    fault: (trial) => away(trial, () => trial.on.seconds(30)),
  },
  {
    name: 'mongo-slow',
    about: 'MongoDB takes 5 s for each write, for 30 s',
    setup: { linked: true },
    fault: async (trial) => {
      const before = await trial.on.stored();
      // The first key of the command, as BSON has it.
      const link = trial.on.links.mongoOfWorker;
      const touchedBefore = link.touched;
      link.slowDown('\x02insert\0', 5_000 * trial.on.scale.outage);
      await trial.on.seconds(30);
      const waited = await waiting(trial, before);
      link.heal();
      trial.healed();
      const touched = link.touched - touchedBefore;
      assert.ok(touched > 0, 'no write was slow');
      return `${touched} writes held up, ${waited} messages behind`;
    },
  },
  {
    name: 'mongo-black-hole',
    about: 'packets to and from MongoDB vanish for 30 s, for all processes',
    setup: { linked: true },
    fault: async (trial) => {
      const before = await trial.on.stored();
      const links = [trial.on.links.mongoOfWorker, trial.on.links.mongoOfOthers];
      const touches = () => links.reduce((sum, { touched }) => sum + touched, 0);
      const touchedBefore = touches();
      links.forEach((link) => link.blackHole());
      await trial.on.seconds(30);
      const waited = await waiting(trial, before);
      const touched = touches() - touchedBefore;
      links.forEach((link) => link.heal());
      trial.healed();
      assert.ok(touched > 0, 'nothing vanished');
      assert.ok(waited > 0, 'nothing had to wait');
      return `${touched} packets vanished, ${waited} messages waiting`;
    },
  },
  {
    name: 'mongo-down-to-limit',
    about: 'MongoDB down until the log takes no more (LOG_MAX_BACKLOG=2000)',
    setup: { env: { LOG_MAX_BACKLOG: '2000' } },
    fault: (trial) =>
      away(trial, async () => {
        await trial.until('messages are refused', () => trial.failed(FULL) > 50);
        await trial.on.seconds(5);
        assert.ok((await trial.on.head()) - (await trial.on.committed()) <= 2_000);
      }),
    after: async (trial) => `${trial.failed(FULL)} messages refused at first`,
  },
  {
    name: 'poison',
    about: 'messages that the store cannot take, among others',
    fault: async (trial) => {
      for (const room of trial.rooms) await trial.load.surely(room, `poison of ${room}`);
      await trial.until('they are set aside', () => trial.logged(/set aside as a dead letter/).length >= 3);
      trial.healed();
      const texts = trial.rooms.map((room) => `poison of ${room}`);
      assert.equal(await trial.on.collection('deadLetters').countDocuments({ text: { $in: texts } }), 3);
      return '3 messages set aside, and read from there';
    },
  },
];
