/**
 * Calls `send` at a fixed rate, whether or not earlier calls have answered, so that a slow server cannot slow its own load.
 * @param send receives the number of the call and its due time, from which latency counts
 */
export async function openLoop(perSecond: number, seconds: number, send: (i: number, due: number) => void): Promise<void> {
  const total = Math.round(perSecond * seconds);
  const start = performance.now() + 100;
  for (let i = 0; i < total;) {
    const now = performance.now();
    for (; i < total && start + (i * 1000) / perSecond <= now; i++) send(i, start + (i * 1000) / perSecond);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
