import type { Browser, Page } from 'playwright-core';

export interface Sample {
  readonly minute: number;
  /** Mean use of the processor by all processes of the browser since the sample before, in cores. */
  readonly cpu: number;
  /** After a garbage collection. */
  readonly heapMb: number;
  readonly nodes: number;
}

/** Measures a page from now on, over Chromium's DevTools protocol. */
export async function openMeter(browser: Browser, page: Page): Promise<() => Promise<Sample>> {
  const whole = await browser.newBrowserCDPSession();
  const tab = await page.context().newCDPSession(page);
  const cpuSeconds = async (): Promise<number> =>
    (await whole.send('SystemInfo.getProcessInfo')).processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  const startedAt = performance.now();
  let before = { at: startedAt, cpu: await cpuSeconds() };
  return async () => {
    const now = { at: performance.now(), cpu: await cpuSeconds() };
    const cpu = (now.cpu - before.cpu) / ((now.at - before.at) / 1_000);
    before = now;
    await tab.send('HeapProfiler.collectGarbage');
    const { usedSize } = await tab.send('Runtime.getHeapUsage');
    const { nodes } = await tab.send('Memory.getDOMCounters');
    return { minute: (now.at - startedAt) / 60_000, cpu, heapMb: usedSize / 2 ** 20, nodes };
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @returns how much larger the heap was in the last third than in the second, as a share */
export function growthOf(samples: readonly Sample[]): number {
  const third = Math.floor(samples.length / 3);
  const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
  return mean(last.map(({ heapMb }) => heapMb)) / mean(middle.map(({ heapMb }) => heapMb)) - 1;
}

export const meanCpu = (samples: readonly Sample[]): number => mean(samples.map(({ cpu }) => cpu));
