/** Fills in `{name}`. `{name?one|many}` becomes `one` where the value is 1, and `many` otherwise. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)(?:\?(\w+)\|(\w+))?\}/g, (whole, name: string, one?: string, many?: string) => {
    if (one !== undefined && many !== undefined) return values[name] === 1 ? one : many;
    return String(values[name] ?? whole);
  });
