/** Calls the function for every item in turn, also if it fails for some. @throws the first failure, after the last call */
export async function forEach<T>(items: readonly T[], call: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    await call(item).catch((error: unknown) => {
      failures.push(error);
    });
  }
  if (failures.length > 0) throw failures[0];
}
