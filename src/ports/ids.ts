import { randomBytes } from 'node:crypto';

/** @returns a unique id that cannot be guessed: 128 random bits in base64url */
export type NewId = () => string;

export const randomId: NewId = () => randomBytes(16).toString('base64url');
