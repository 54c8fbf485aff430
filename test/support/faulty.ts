/** A fault of a method: throws the error, or waits for the promise before it continues. */
export type Fault = Error | Promise<void>;

/**
 * A port with faults on demand: `faults` is asked before every call.
 * All other calls reach the real port.
 */
export function faulty<T extends object>(port: T, faults: (method: keyof T, args: readonly unknown[]) => Fault | undefined): T {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      // These answer at once: they only say where something is.
      if (name === 'of' || name === 'holding') return (value as (of: unknown) => unknown).bind(target);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        const fault = faults(name as keyof T, args);
        if (fault instanceof Error) throw fault;
        await fault;
        return (value as (...all: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}
