import { open } from 'node:fs/promises';

/** Resolves when the file's contents, or the folder's list of names, are on the disk. */
export async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync().finally(() => file.close());
}
