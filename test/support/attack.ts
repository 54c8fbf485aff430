import type { AppOverrides } from '../../src/app/start';
import { TestApp, type Answer, type Collected, type Person } from './app';
import { keepTable, type Row } from './attack-table';
import { NewChatDocument, type NewChatSubscription } from './generated/graphql';
import type { Unmasked } from './unmasked';
import { until } from './until';

/** An attack, as one row of the table in docs/security.md, and its expected answer. */
export type Attack = (name: string, outcome: string, run: (target: Target) => Promise<string>) => void;

/** The product under attack, and a witness: another client that must be served all the time. */
export class Target {
  private heard = 0;

  private constructor(
    readonly app: TestApp,
    private readonly speaker: Person,
    private readonly ear: Collected<Unmasked<NewChatSubscription>>,
  ) {}

  static async start(env: Record<string, string>, overrides: AppOverrides): Promise<Target> {
    const app = await TestApp.start(env, overrides);
    const target = new Target(app, await app.person('witness'), app.subscribe(NewChatDocument, { room: 'main' }));
    // The subscription may not be active yet. After the first delivery none may be missing.
    await until(async () => {
      await app.send(target.speaker, `is anybody there? ${++target.heard}`);
      return target.ear.items.length > 0;
    }, 'the witness listens');
    return target;
  }

  /** Sends a message as the witness and waits until its socket delivers it. */
  async witnessIsServed(): Promise<void> {
    const text = `still here ${++this.heard}`;
    await this.app.send(this.speaker, text);
    await until(() => this.ear.items.at(-1)?.newChat.text === text, 'the witness receives its message');
    expect(this.ear.ended).toBe(false);
  }

  get http(): URL {
    return new URL(this.app.app.urls.http);
  }

  get ws(): URL {
    return new URL(this.app.app.urls.ws);
  }
}

/**
 * One app for the file. Each attack is one test, named `name → outcome`.
 * @param section of docs/security.md with the table of these attacks
 */
export function underAttack(
  section: string,
  env: Record<string, string> = {},
  overrides: AppOverrides = {},
): { attack: Attack; target: () => Target } {
  let target: Target | undefined;
  const rows: Row[] = [];
  const get = (): Target => {
    if (!target) throw new Error('not started');
    return target;
  };
  beforeAll(async () => {
    target = await Target.start(env, overrides);
  });
  afterAll(() => {
    keepTable(section, rows);
  });
  return {
    target: get,
    attack: (name, outcome, run) => {
      rows.push({ name, outcome });
      test(`${name} → ${outcome}`, async () => {
        expect(await run(get())).toBe(outcome);
        await get().witnessIsServed();
      });
    },
  };
}

/** Status and first error code of an answer; only the status if it succeeded. */
export const verdict = ({ status, errors }: Pick<Answer<unknown>, 'status' | 'errors'>): string =>
  [status, ...errors.slice(0, 1).map(({ extensions }) => String(extensions['code']))].join(' ');
