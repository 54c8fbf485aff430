/** The page in Chromium: its size, the first note on a slow connection, a reload without one, and 1,000 notes at 50 a second. */
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser';
import { registerUsers } from '../support/plain-api';
import { ServerProcess } from '../support/server-process';
import { wallScripts } from '../web/support/wall-scripts';
import { httpLoad } from './support/children';
import { firstLoad, offlineReloads, type FirstLoad } from './support/page-loads';
import { report } from './support/report';
import { show, spreadOf } from './support/stats';

const RUNS = Number(process.env['RUNS'] ?? 3);
const NOTES = 1_000;
const PER_SECOND = 50;
const LONG_TASK_US = 50_000;
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** Processor time; during the rest of `dur` the thread waited for a processor. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

export async function page(): Promise<void> {
  const server = await ServerProcess.start();
  const browser = await openBrowser();
  try {
    const [token = ''] = await registerUsers(server.httpUrl, 1);
    const load = (run: string, count: number) =>
      httpLoad({
        url: server.httpUrl,
        tokens: [token],
        perSecond: PER_SECOND,
        seconds: count / PER_SECOND,
        warmUpSeconds: 0,
        room: 'main',
        run,
      });
    await load('before', 100);
    const origin = new URL(server.httpUrl).origin;
    const first: FirstLoad[] = [];
    for (let i = 0; i < RUNS; i++) first.push(await firstLoad(browser, origin));
    const offline = await offlineReloads(browser, origin, RUNS);
    const stream = await flood(browser, origin, load);
    const kilobytes = wallScripts().reduce((total, size) => total + size, 0) / 1_000;
    const rows = [
      ['JavaScript of the wall at the start, gzipped', `${kilobytes.toFixed(1)} kB`, '60 kB'],
      [
        'first note painted, 1.6 Mbit/s and 150 ms',
        `${show(spreadOf(first.map(({ firstNoteMs }) => firstNoteMs)))} ms`,
        '1,500 ms',
      ],
      ['layout shift of that load', Math.max(...first.map(({ shift }) => shift)).toFixed(3), '0.050'],
      ['newest note painted after a reload without a network', `${show(spreadOf(offline))} ms`, '1,000 ms'],
      [
        `longest main-thread task, ${NOTES} notes at ${PER_SECOND}/s`,
        `${show(spreadOf(stream.map(({ longest }) => longest)))} ms`,
        '50 ms',
      ],
      ['processor time of the longest', `${show(spreadOf(stream.map(({ longestCpu }) => longestCpu)))} ms`, ''],
      ['main-thread tasks over 50 ms', show(spreadOf(stream.map(({ long }) => long))), '0'],
      ['elements in the document after each run', stream.map(({ elements }) => elements).join(', '), 'bounded'],
      ['JavaScript heap after each run, collected', `${stream.map(({ heapMb }) => heapMb.toFixed(1)).join(', ')} MB`, 'flat'],
    ];
    report('page', ['what', 'measured', 'must be at most'], rows, { first, offline, stream });
  } finally {
    await browser.close();
    await server.stop();
  }
}

interface FloodResult {
  /** Durations of the main thread's tasks in milliseconds: wall time and processor time. */
  readonly longest: number;
  readonly longestCpu: number;
  readonly long: number;
  readonly elements: number;
  readonly heapMb: number;
}

/** All runs use the same page, so that growth is visible. */
async function flood(
  browser: Browser,
  origin: string,
  load: (run: string, count: number) => Promise<unknown>,
): Promise<FloodResult[]> {
  const opened = await browser.newPage({ viewport: { width: 1100, height: 760 } });
  await opened.goto(origin);
  await opened.locator('.note').first().waitFor();
  // Warm-up: the first notes meet code that is not compiled and an empty wall.
  await load('warm', 250);
  const results: FloodResult[] = [];
  for (let i = 0; i < RUNS; i++) {
    await browser.startTracing(opened, { categories: ['disabled-by-default-devtools.timeline', '__metadata'] });
    await load(`flood-${i}`, NOTES);
    const tasks = mainThreadTasks(await browser.stopTracing());
    results.push({
      longest: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1_000,
      longestCpu: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000,
      long: tasks.filter(({ dur = 0 }) => dur > LONG_TASK_US).length,
      elements: Number(await opened.evaluate('document.querySelectorAll("*").length')),
      heapMb: await heapMb(opened),
    });
  }
  await opened.close();
  return results;
}

/** Tasks of the busiest renderer, in microseconds. */
function mainThreadTasks(trace: Buffer): TraceEvent[] {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] };
  const threads = new Map<string, TraceEvent[]>();
  for (const { name, args, pid, tid } of traceEvents)
    if (name === 'thread_name' && args.name === 'CrRendererMain') threads.set(`${pid} ${tid}`, []);
  for (const event of traceEvents) if (event.name === 'RunTask') threads.get(`${event.pid} ${event.tid}`)?.push(event);
  const [most = []] = [...threads.values()].sort((a, b) => b.length - a.length);
  if (most.length === 0) throw new Error('the trace shows no task of a page');
  return most;
}

async function heapMb(opened: Page): Promise<number> {
  const devtools = await opened.context().newCDPSession(opened);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize / 2 ** 20;
}
