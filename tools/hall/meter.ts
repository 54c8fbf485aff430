import type { Browser, Page } from 'playwright-core';

export interface Measured {
  /** Mean use of the processor by all processes of the browser, in cores. */
  readonly cpu: number;
  /** At the start and at the end, after a garbage collection. */
  readonly heapMb: readonly [number, number];
  readonly nodes: readonly [number, number];
}

/** Measures a page from now on, over Chromium's DevTools protocol. */
export async function openMeter(browser: Browser, page: Page): Promise<{ read: () => Promise<Measured> }> {
  const whole = await browser.newBrowserCDPSession();
  const tab = await page.context().newCDPSession(page);
  const cpuSeconds = async (): Promise<number> =>
    (await whole.send('SystemInfo.getProcessInfo')).processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  const memory = async () => {
    await tab.send('HeapProfiler.collectGarbage');
    const { usedSize } = await tab.send('Runtime.getHeapUsage');
    const { nodes } = await tab.send('Memory.getDOMCounters');
    return { heapMb: usedSize / 2 ** 20, nodes };
  };
  const first = await memory();
  const [cpuAtStart, startedAt] = [await cpuSeconds(), performance.now()];
  return {
    read: async () => {
      const cpu = (await cpuSeconds()) - cpuAtStart;
      const seconds = (performance.now() - startedAt) / 1_000;
      const last = await memory();
      return { cpu: cpu / seconds, heapMb: [first.heapMb, last.heapMb], nodes: [first.nodes, last.nodes] };
    },
  };
}
