import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';

/** An empty folder outside the checkout, removed once everything of the test file has been closed. */
export const tempDir = (): string => mkdtempSync(join((globalThis as unknown as { testFolder: string }).testFolder, 'dir-'));
