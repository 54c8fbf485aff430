import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const open: string[] = [];

/** An empty folder outside the checkout, removed after the test file: registers its own clean-up, so call it within a test file. */
export function tempDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'jungle-buzz-'));
  open.push(path);
  return path;
}

afterAll(() => {
  for (const path of open.splice(0)) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
});
