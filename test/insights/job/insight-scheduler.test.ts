import { scheduleJob } from 'node-schedule';
import { InsightScheduler } from '../../../src/insights/job/insight-scheduler';
import { silentLogger } from '../../../src/ports/logger';
import { until } from '../../support/until';

describe('InsightScheduler', () => {
  it('runs at start and when the schedule fires, without overlapping runs', async () => {
    let fires = 0;
    const watch = scheduleJob('* * * * * *', () => {
      fires++;
    });
    let running = 0;
    let most = 0;
    let runs = 0;
    const job = {
      run: async () => {
        most = Math.max(most, ++running);
        const from = fires;
        if (runs++ === 0) await until(() => fires >= from + 2);
        running--;
      },
    };
    const scheduler = new InsightScheduler({ job, cron: '* * * * * *', timeZone: 'Asia/Seoul', logger: silentLogger });
    scheduler.start();
    expect(running).toBe(1);
    await until(() => runs >= 3);
    await scheduler.stop();
    watch.cancel();
    expect(most).toBe(1);
    expect(running).toBe(0);
  });

  it('runs again after a failed run', async () => {
    let runs = 0;
    const warned: object[] = [];
    const job = {
      run: () => {
        runs++;
        return Promise.reject(new Error('store unavailable'));
      },
    };
    const logger = { ...silentLogger, warn: (fields: object) => void warned.push(fields) };
    const scheduler = new InsightScheduler({ job, cron: '* * * * * *', timeZone: 'Asia/Seoul', logger });
    scheduler.start();
    await until(() => runs >= 2);
    await scheduler.stop();
    expect(warned.length).toBeGreaterThanOrEqual(2);
  });

  it('aborts the current run at stop and waits for its end', async () => {
    let ended = false;
    const job = {
      run: (_: number | undefined, signal?: AbortSignal) =>
        new Promise<void>((_, reject) => {
          signal?.addEventListener('abort', () =>
            setImmediate(() => {
              ended = true;
              reject(signal.reason as Error);
            }),
          );
        }),
    };
    const scheduler = new InsightScheduler({ job, cron: '50 9 * * *', timeZone: 'Asia/Seoul', logger: silentLogger });
    scheduler.start();
    await scheduler.stop();
    expect(ended).toBe(true);
  });
});
