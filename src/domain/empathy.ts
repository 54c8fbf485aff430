/** Every list of counts in the system has this order. */
export const EMPATHIES = ['ME_TOO', 'HUG', 'CHEER'] as const;
/** A kind word that a person presses on a message of somebody else. */
export type Empathy = (typeof EMPATHIES)[number];

/** How many persons pressed each empathy on one message, in the order of EMPATHIES. */
export type EmpathyCounts = readonly number[];

export const NO_EMPATHIES: EmpathyCounts = EMPATHIES.map(() => 0);

/** The counts after one person's empathy has changed; null stands for none. */
export const recount = (counts: EmpathyCounts, before: Empathy | null, after: Empathy | null): EmpathyCounts =>
  EMPATHIES.map((kind, i) => (counts[i] ?? 0) - Number(kind === before) + Number(kind === after));

export const isWithout = (counts: EmpathyCounts): boolean => counts.every((count) => count === 0);
