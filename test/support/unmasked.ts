/** An answer type without fragment masking. */
export type Unmasked<T> = T extends readonly (infer Item)[]
  ? Unmasked<Item>[]
  : T extends object
    ? { [Key in keyof T as Key extends Mark ? never : Key]: Unmasked<T[Key]> } & Opened<T>
    : T;

type Mark = ' $fragmentRefs' | ' $fragmentName';
type Opened<T> = T extends { ' $fragmentRefs'?: infer Refs }
  ? All<{ [Name in keyof Refs]: Unmasked<Refs[Name]> }[keyof Refs]>
  : unknown;
/** The intersection of a union's members. */
type All<U> = (U extends unknown ? (member: U) => void : never) extends (all: infer I) => void ? I : never;
