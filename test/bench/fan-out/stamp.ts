/** Messages carry their number in the room and the time they were due, so that a receiver can check them without a table. */

const MARK = '~';
const MARK_BYTE = 0x7e;
const SEQ_DIGITS = 8;
const TIME_DIGITS = 16;
const ZERO = 48;

/** Microseconds of the clock that all processes of this machine share. */
export const nowUs = (): number => Number(process.hrtime.bigint() / 1000n);

/** @param dueUs from `nowUs` */
export const stamped = (seq: number, dueUs: number, text: string): string =>
  `${MARK}${String(seq).padStart(SEQ_DIGITS, '0')}${String(Math.round(dueUs)).padStart(TIME_DIGITS, '0')} ${text}`;

function digits(bytes: Buffer, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) value = value * 10 + ((bytes[i] as number) - ZERO);
  return value;
}

/** @returns where the stamp of the first message at or after `from` is, or -1 */
export const findStamp = (bytes: Buffer, from: number): number => bytes.indexOf(MARK_BYTE, from);
export const seqAt = (bytes: Buffer, stamp: number): number => digits(bytes, stamp + 1, SEQ_DIGITS);
export const dueAt = (bytes: Buffer, stamp: number): number => digits(bytes, stamp + 1 + SEQ_DIGITS, TIME_DIGITS);
