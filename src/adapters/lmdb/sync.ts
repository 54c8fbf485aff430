import { open } from 'node:fs/promises';

/** Resolves when the contents of the file, or the names in the folder, are on the disk. */
export async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync().finally(() => file.close());
}
