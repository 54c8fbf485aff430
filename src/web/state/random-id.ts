/** 128 random bits in hex. crypto.randomUUID is missing over plain HTTP on every host but localhost. */
export const randomId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
