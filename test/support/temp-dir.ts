import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';

/** An empty folder outside the checkout, removed after the test file. */
export const tempDir = (): string => mkdtempSync(join((globalThis as unknown as { testFolder: string }).testFolder, 'dir-'));
