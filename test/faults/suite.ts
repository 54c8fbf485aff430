import type { Verdict } from './checker';
import { Installation, type Scale, type Setup } from './installation';
import type { Pauses } from './pauses';
import { CLAIMS } from './scenarios/claims';
import { KILLS } from './scenarios/kills';
import { MONGO } from './scenarios/mongo';
import { OTHERS } from './scenarios/others';
import { RECOVERY } from './scenarios/recovery';
import { REDIS } from './scenarios/redis';
import { THREE_REDIS } from './scenarios/three-redis';
import { WORKERS } from './scenarios/workers';
import type { Scenario } from './scenarios/scenario';
import { Trial, type Findings } from './trial';

export const SCENARIOS: readonly Scenario[] = [
  ...KILLS,
  ...WORKERS,
  ...MONGO,
  ...OTHERS,
  ...REDIS,
  ...RECOVERY,
  ...THREE_REDIS,
  ...CLAIMS,
];

/** Deliberate faults (files of ./patches), each with a scenario in which it loses messages. The suite must detect them. */
export const BROKEN: readonly { readonly patch: string; readonly about: string; readonly scenario: string }[] = [
  {
    patch: 'broken-ack-before-append',
    about: 'sendChat answers before the message is in the log',
    scenario: 'kill-api',
  },
  {
    patch: 'broken-trim-by-length',
    about: 'the stream is trimmed by MAXLEN, even if entries are not stored',
    scenario: 'mongo-down',
  },
  {
    patch: 'broken-ordered-insert',
    about: 'a batch ends at the first document that exists already',
    scenario: 'kill-worker-after-insert',
  },
];

export interface Outcome extends Partial<Findings> {
  readonly name: string;
  readonly about: string;
  /** Evidence that the fault happened. */
  readonly evidence: string;
  /** The last warnings and errors of each process, if a check failed. */
  readonly logs?: readonly string[];
  /** Failed checks, as sentences; empty if none. */
  readonly wrong: readonly string[];
}

/** Limit for the time from the end of a fault to the first acknowledgement. */
const BACK_MS = 5_000;

/** Limits while one of several Redis servers has a fault, for rooms on other servers and for refusals in its own rooms. */
const ELSEWHERE_MS = 1_000;
const REFUSAL_MS = 5_000;

const NONE = ['lost', 'duplicated', 'unexpected', 'phantom', 'reordered', 'gaps'] as const satisfies readonly (keyof Verdict)[];

/** Runs the scenarios one after the other. Equal setups share an installation until a check fails. */
export async function* runAll(
  scenarios: readonly Scenario[],
  scale: Scale,
  patches: readonly string[] = [],
): AsyncGenerator<Outcome> {
  const setups = new Map<string, { setup: Setup; members: Scenario[] }>();
  for (const scenario of scenarios) {
    const { setup = {} } = scenario;
    const key = JSON.stringify(setup);
    const group = setups.get(key) ?? { setup, members: [] };
    group.members.push(scenario);
    setups.set(key, group);
  }
  for (const { setup, members } of setups.values()) {
    let installation: Installation | undefined;
    try {
      for (const scenario of members) {
        installation ??= await Installation.open(scale, setup, patches);
        const outcome = await run(scenario, installation);
        yield outcome;
        if (outcome.wrong.length === 0) continue;
        await installation.close();
        installation = undefined;
      }
    } finally {
      await installation?.close();
    }
  }
}

/** Uses one process of each role and short waits. @returns a failed check if the fault is not detected */
export async function runBroken({ patch, about, scenario }: (typeof BROKEN)[number], scale: Scale): Promise<Outcome> {
  const chosen = SCENARIOS.filter(({ name }) => name === scenario);
  const small = { ...scale, processes: 1, settleMs: 25_000 };
  for await (const { wrong, ...outcome } of runAll(chosen, small, [patch])) {
    const isCaught = (outcome.lost ?? 0) > 0;
    const evidence = isCaught ? `caught: ${wrong.filter((text) => /^\d+ \w+$/.test(text)).join(', ')}` : '';
    return { ...outcome, name: patch, about: `${about}; ${scenario}`, evidence, wrong: isCaught ? [] : ['not caught', ...wrong] };
  }
  throw new Error(`no scenario ${scenario}`);
}

async function run({ name, about, fault, after }: Scenario, installation: Installation): Promise<Outcome> {
  const trial = new Trial(installation);
  const wrong: string[] = [];
  const attempt = <T>(part: Promise<T>): Promise<T | undefined> =>
    part.catch((error: unknown) => {
      wrong.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return undefined;
    });
  try {
    await attempt(trial.begin());
    const happened = await attempt(fault(trial));
    const findings = await attempt(trial.finish());
    if (findings?.unsettled) wrong.push(findings.unsettled);
    for (const kind of NONE) if (findings && findings[kind] > 0) wrong.push(`${findings[kind]} ${kind}`);
    // Runs with shorter outages are for busy machines and do not judge the recovery time.
    if (findings && installation.scale.outage >= 1 && findings.recoveredMs > BACK_MS)
      wrong.push(`accepts messages again after ${Math.round(findings.recoveredMs)} ms`);
    if (findings?.pauses && installation.scale.outage >= 1) wrong.push(...tooLong(findings.pauses));
    if (findings && findings.expired > 0 && trial.losses.length === 0) wrong.push(`${findings.expired} cursors expired`);
    const saw = after && wrong.length === 0 ? await attempt(after(trial)) : undefined;
    const logs = wrong.length > 0 ? trial.lastLines() : [];
    return { name, about, ...findings, logs, evidence: [happened, saw].filter(Boolean).join('; '), wrong };
  } finally {
    await trial.close();
  }
}

function tooLong({ sendsMs, slowestMs, deliveriesMs, refusalMs }: Pauses): string[] {
  const figures = [
    ['acknowledgements elsewhere paused', sendsMs, ELSEWHERE_MS],
    ['a send elsewhere was answered after', slowestMs, ELSEWHERE_MS],
    ['deliveries elsewhere paused', deliveriesMs, ELSEWHERE_MS],
    ['a send was refused after', refusalMs, REFUSAL_MS],
  ] as const;
  return figures.filter(([, ms, limit]) => ms > limit).map(([what, ms]) => `${what} ${Math.round(ms)} ms`);
}
