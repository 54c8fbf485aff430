import { badInput } from './errors';

/** A position in the log, just after the entry with this offset. Offsets increase by one per entry within an epoch. */
export interface LogPosition {
  /** Name of one generation of the log. A log that was lost or recreated has another epoch. */
  readonly epoch: string;
  readonly offset: number;
}

/** The position of a reader of one room. Clients get it as an opaque ChatCursor. */
export interface Position extends LogPosition {
  readonly room: string;
}

const VERSION = '1';

/** Detects truncated and mistyped cursors. It need not be a signature: history is public, so a forged cursor reveals nothing. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

export function encodeCursor({ epoch, room, offset }: Position): string {
  const body = `${VERSION}.${epoch}.${room}.${offset}`;
  return Buffer.from(`${body}.${checksum(body)}`, 'latin1').toString('base64url');
}

/**
 * @param field name of the argument in error messages
 * @param room room that is read; a cursor of another room is invalid
 * @throws DomainError BAD_USER_INPUT
 */
export function decodeCursor(cursor: string, field: string, room: string): Position {
  const refuse = () => badInput(field, `${field} is not a cursor of this room.`);
  if (cursor.length > 256 || !/^[A-Za-z0-9_-]+$/.test(cursor)) throw refuse();
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const [version, epoch, cursorRoom, digits, sum, ...rest] = text.split('.');
  const offset = Number(digits);
  if (
    version !== VERSION ||
    !epoch ||
    !/^[A-Za-z0-9_-]+$/.test(epoch) ||
    cursorRoom !== room ||
    !/^\d{1,16}$/.test(digits ?? '') ||
    !Number.isSafeInteger(offset) ||
    rest.length > 0 ||
    sum !== checksum(text.slice(0, text.lastIndexOf('.')))
  ) {
    throw refuse();
  }
  return { epoch, room, offset };
}
