import { randomBytes } from 'node:crypto';

/** Unique names that cannot be guessed: 128 random bits, base64url. */
export type NewId = () => string;

export const randomId: NewId = () => randomBytes(16).toString('base64url');
