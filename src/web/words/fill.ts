const COUNT = new Intl.NumberFormat('en');
/** With thousands separators. Korean and English group digits alike. */
export const formatCount = (count: number): string => COUNT.format(count);

/** Fills in `{name}`, counts with thousands separators. `{name?one|many}` becomes `one` where the value is 1, and `many` otherwise. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)(?:\?(\w+)\|(\w+))?\}/g, (whole, name: string, one?: string, many?: string) => {
    if (one !== undefined && many !== undefined) return values[name] === 1 ? one : many;
    const value = values[name];
    return typeof value === 'number' ? formatCount(value) : (value ?? whole);
  });
