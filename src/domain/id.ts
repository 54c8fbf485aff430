/**
 * Whether the text can be an id that the service gave out: messages and sessions have 22 characters of base64url. Anything else is
 * unknown without asking a store, whose keys are limited in length.
 */
export const isId = (raw: string): boolean => /^[\w-]{1,64}$/.test(raw);
