import { strict as assert } from 'node:assert';
import type { Trial } from '../trial';
import type { Scenario } from './scenario';

/** The error of a send when the backlog is full. */
const FULL = /Too many messages wait to be stored/;

const failures = (trial: Trial) => trial.logged(/batch not stored/).length;

/** How far the log is ahead of the store. */
const waiting = async ({ on }: Trial, storedBefore: number) => ((await on.heads())[0] ?? 0) - storedBefore;

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
  assert.ok(acks > 0, 'nothing was acknowledged during the outage');
  return `${acks} messages acknowledged during the outage, ${waited} waiting at its end`;
}

export const MONGO: readonly Scenario[] = [
  {
    name: 'mongo-down',
    about: 'MongoDB down for 30 s',
    fault: (trial) => away(trial, () => trial.on.seconds(30)),
  },
  {
    name: 'mongo-slow',
    about: 'MongoDB delays each write by 5 s, for 30 s',
    setup: { linked: true },
    fault: async (trial) => {
      const before = await trial.on.stored();
      // The first key of the command in BSON.
      const link = trial.on.links.mongoOfWorker;
      const touchedBefore = link.touched;
      link.slowDown('\x02insert\0', 5_000 * trial.on.scale.outage);
      await trial.on.seconds(30);
      const waited = await waiting(trial, before);
      link.heal();
      trial.healed();
      const touched = link.touched - touchedBefore;
      assert.ok(touched > 0, 'no write was slow');
      return `${touched} writes delayed, ${waited} messages waiting`;
    },
  },
  {
    name: 'mongo-black-hole',
    about: 'all packets to and from MongoDB are dropped for 30 s',
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
      assert.ok(touched > 0, 'no packet was dropped');
      assert.ok(waited > 0, 'no message waited');
      return `${touched} packets dropped, ${waited} messages waiting`;
    },
  },
  {
    name: 'mongo-down-to-limit',
    about: 'MongoDB down until the log refuses messages (LOG_MAX_BACKLOG=2000)',
    setup: { env: { LOG_MAX_BACKLOG: '2000' } },
    fault: (trial) =>
      away(trial, async () => {
        await trial.until('messages are refused', () => trial.failed(FULL) > 50);
        await trial.on.seconds(5);
        assert.ok((await trial.on.waiting()) <= 2_000);
      }),
    after: async (trial) => `${trial.failed(FULL)} sends refused at least once`,
  },
  {
    name: 'poison',
    about: 'messages that the store cannot take, among valid ones',
    fault: async (trial) => {
      for (const room of trial.rooms) await trial.load.surely(room, `poison of ${room}`);
      await trial.until('they are dead letters', () => trial.logged(/set aside as a dead letter/).length >= 3);
      trial.healed();
      const texts = trial.rooms.map((room) => `poison of ${room}`);
      assert.equal(await trial.on.collection('deadLetters').countDocuments({ text: { $in: texts } }), 3);
      return '3 dead letters; reads still return them';
    },
  },
];
