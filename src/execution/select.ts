import { isPromise, type Complete } from './complete';

/** One field of a selection. `valueIn` takes the object that has the field and the path of that object. */
export interface SelectedField {
  readonly key: string;
  readonly valueIn: Complete;
}

type Data = Record<string, unknown>;

/** Resolves all fields at once, as queries and objects below the root do. */
export const together =
  (fields: readonly SelectedField[]): Complete =>
  (run, source, path) => {
    const data: Data = {};
    let hasPromise = false;
    try {
      for (const { key, valueIn } of fields) {
        const value = valueIn(run, source, path);
        data[key] = value;
        hasPromise ||= isPromise(value);
      }
    } catch (error) {
      if (!hasPromise) throw error;
      // The other promises may reject too, and must be handled.
      return settled(data).finally(() => {
        throw error;
      });
    }
    return hasPromise ? settled(data) : data;
  };

/** Resolves each field when the one before has finished, as mutations do. */
export const oneAfterAnother =
  (fields: readonly SelectedField[]): Complete =>
  (run, source, path) => {
    const from = (first: number, data: Data): Data | Promise<Data> => {
      for (let i = first; i < fields.length; i++) {
        const { key, valueIn } = fields[i] as SelectedField;
        const value = valueIn(run, source, path);
        if (isPromise(value)) {
          return value.then((resolved) => {
            data[key] = resolved;
            return from(i + 1, data);
          });
        }
        data[key] = value;
      }
      return data;
    };
    return from(0, {});
  };

const settled = async (data: Data): Promise<Data> => {
  const keys = Object.keys(data);
  const values = await Promise.all(Object.values(data));
  return Object.fromEntries(keys.map((key, i) => [key, values[i]]));
};
