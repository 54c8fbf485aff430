import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestEnvironment } from 'jest-environment-node';
import { LeakGuard } from './leak-guard';

/**
 * Sets up each test file and checks for leaks afterwards. It is an environment and not a hook, because a hook of a set-up
 * file runs before the file's own `afterAll` have closed what they opened.
 */
export default class Environment extends TestEnvironment {
  private readonly folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-'));
  private guard: LeakGuard | undefined;

  override async setup(): Promise<void> {
    await super.setup();
    this.global['testFolder'] = this.folder;
    this.guard = new LeakGuard(this.global);
  }

  /** Called by jest-circus. An entry in unhandledErrors fails the file. */
  async handleTestEvent({ name }: { name: string }, { unhandledErrors }: { unhandledErrors: unknown[] }): Promise<void> {
    if (name !== 'run_finish') return;
    const leaks = (await this.guard?.leaks()) ?? [];
    if (leaks.length > 0) unhandledErrors.push(new Error(`This file left open: ${leaks.join(', ')}. Close them in afterAll.`));
  }

  override async teardown(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
    await super.teardown();
  }
}
