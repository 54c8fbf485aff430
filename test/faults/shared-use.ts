import { strict as assert } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import { ask, Refusal, type Api } from './load';
import { RoomWatcher } from './room-watcher';
import type { Trial } from './trial';

/** Time limit for each step, in milliseconds: an ended session is polled for once a second. Shorter outages are for busy machines. */
const STEP_MS = 5_000;
const BUSY_STEP_MS = 60_000;
const POLL_MS = 20;
const PASSWORD = 'fault-pass-1';

const REGISTER = 'mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }';
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }';
const ME = '{ me { username } }';
const TYPING = 'mutation ($room: ID!) { setTyping(room: $room, typing: true) }';
const MUTE = 'mutation ($id: ID!) { muteAuthor(chatId: $id, minutes: 5, reason: "a test") }';
const UNMUTE = 'mutation ($id: ID!) { unmuteAuthor(chatId: $id) }';
const EMPATHY = 'mutation ($id: ID!) { setEmpathy(chatId: $id, empathy: ME_TOO) { id } }';
const CREATE = 'mutation ($input: CreateRoomInput!) { createRoom(input: $input) { id } }';
const ALIAS = 'query ($room: ID!) { room(id: $room) { title } authorName(room: $room) }';

interface Tokens {
  readonly accessToken: string;
}

/** The code of a refusal; undefined for an answer. @throws any other error */
const refused = (asked: Promise<unknown>): Promise<string | undefined> =>
  asked.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof Refusal) return error.problem.extensions?.code;
      throw error;
    },
  );

/**
 * Uses what processes share beside the log: sessions, mutes, presence, typing, rooms and aliases. Each action is sent to one process,
 * and its effect is awaited at another one.
 */
export class SharedUse {
  rounds = 0;
  private slowest = { step: '', ms: 0 };
  private readonly stepMs: number;

  constructor(private readonly trial: Trial) {
    this.stepMs = trial.on.scale.outage >= 1 ? STEP_MS : BUSY_STEP_MS;
  }

  /** Runs rounds in rooms on other servers until the time is over, at least one. */
  async whileLost(server: number, seconds: number): Promise<void> {
    const over = this.trial.on.seconds(seconds).then(() => true);
    const rooms = this.trial.rooms.filter((room) => this.trial.on.servers.holding(room) !== server);
    do await this.round(this.trial.pick(rooms), server);
    while (!(await Promise.race([over, delay(0, false)])));
    await over;
  }

  described(): string {
    const { step, ms } = this.slowest;
    return `${this.rounds} rounds of sessions, presence, typing, mutes, rooms and aliases; the slowest step took ${(ms / 1_000).toFixed(2)} s (${step})`;
  }

  private async round(room: string, lost: number): Promise<void> {
    const { on, load, account } = this.trial;
    const [[one, two], [live, otherLive], [host = '']] = [on.of('api'), on.of('live'), on.tokens];
    assert.ok(one && two && live && otherLive);
    const username = `shared_${room}_${++this.rounds}`.replaceAll('-', '_');
    const input = { username, password: PASSWORD };
    await this.step('register', () => ask(one, REGISTER, { input }));
    let token = '';
    await this.step('login', async () => {
      token = (await ask<{ login: Tokens }>(two, LOGIN, { input: { login: username, password: PASSWORD } })).login.accessToken;
    });
    await this.until('me', async () => (await refused(ask(one, ME, {}, token))) === undefined);

    const observer = new RoomWatcher(otherLive, room, host);
    await this.until('the observer is in the room', () => observer.events.length > 0);
    const socket = new RoomWatcher(live, room, token);
    try {
      await this.until('presence', () => observer.saw('JOINED', username));
      await this.step('setTyping', () => ask(one, TYPING, { room }, token));
      await this.until('typing', () => observer.saw('TYPING', username));

      const text = `by ${username}`;
      await this.step('send', async () => {
        assert.ok(await load.attempt(text, room, token, one), `${text} was not accepted`);
      });
      const own = { id: account.sends.get(text)?.ack?.id };
      const other = {
        id: [...account.sends.values()].findLast((send) => send.room === room && send.ack && send.text !== text)?.ack?.id,
      };
      await this.step('muteAuthor', () => ask(two, MUTE, own, host));
      const empathy = () => refused(ask(one, EMPATHY, other, token));
      await this.until('the mute', async () => (await empathy()) === 'FORBIDDEN');
      await this.step('unmuteAuthor', () => ask(two, UNMUTE, own, host));
      await this.until('the end of the mute', async () => (await empathy()) === undefined);

      const newRoom = this.roomElsewhere(username, lost);
      await this.step('createRoom', () => ask(one, CREATE, { input: { id: newRoom, title: username, anonymous: true } }, token));
      const alias = async (api: Api) =>
        ask<{ room: { title: string } | null; authorName: string }>(api, ALIAS, { room: newRoom }, token).catch(() => undefined);
      await this.until('the room', async () => (await alias(two))?.room?.title === username);
      assert.equal((await alias(one))?.authorName, (await alias(two))?.authorName, 'two processes give two aliases');

      await this.step('logout', () => ask(two, 'mutation { logout }', {}, token));
      await this.until('the logout', async () => (await refused(ask(one, ME, {}, token))) === 'UNAUTHENTICATED');
      await this.until('the socket is closed', () => socket.closeCode === 4403);
      await this.until('the end of presence', () => observer.saw('LEFT', username));
    } finally {
      socket.stop();
      observer.stop();
    }
  }

  private roomElsewhere(name: string, lost: number): string {
    const base = `of-${name}`.replaceAll('_', '-').slice(0, 36);
    for (let n = 0; ; n++) if (this.trial.on.servers.holding(`${base}-${n}`) !== lost) return `${base}-${n}`;
  }

  private async step(name: string, action: () => Promise<unknown>): Promise<void> {
    const began = performance.now();
    try {
      await action();
    } catch (error) {
      throw new Error(
        `${name} in round ${this.rounds} failed after ${Math.round(performance.now() - began)} ms: ${String(error)}`,
        {
          cause: error,
        },
      );
    }
    this.took(name, performance.now() - began);
  }

  private until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    return this.step(what, async () => {
      const giveUpAt = performance.now() + this.stepMs;
      while (!(await condition())) {
        if (performance.now() > giveUpAt) throw new Error(`not within ${this.stepMs / 1_000} s`);
        await delay(POLL_MS);
      }
    });
  }

  private took(step: string, ms: number): void {
    if (ms > this.stepMs) throw new Error(`${step} took ${Math.round(ms)} ms`);
    if (ms > this.slowest.ms) this.slowest = { step, ms };
  }
}
