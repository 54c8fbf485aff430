/** The work took longer than its deadline. It goes on; only nobody waits for it any more. */
export class DeadlineError extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms < 1000 ? `${ms} ms` : `${ms / 1000} s`}`);
  }
}

/**
 * The outcome of the work if it settles in time.
 * @param ms milliseconds
 * @throws DeadlineError otherwise
 */
export async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlineError(ms));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
