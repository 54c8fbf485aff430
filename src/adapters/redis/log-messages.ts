import type { Chat } from '../../domain/chat';
import type { LogPosition } from '../../domain/position';
import { decodeEntry } from './log-codec';

/**
 * What the scripts publish, as lines. JSON, ids and epochs hold no line break.
 *
 *   to the channel of a room   epoch, gap, sentAt, then offset, id and content of each entry of one append
 *   to the channel of a tail   token, epoch, offset, start, run, gap, id of the newest entry ('' if it is not in the stream)
 *
 * Offsets are local to the partition.
 *
 * gap: the highest offset before these entries that may not have been published, because an older version appended it or the log was
 * recreated.
 */
export interface RoomMessage {
  readonly epoch: string;
  readonly gap: number;
  readonly chats: readonly Chat[];
}

const HEADER = 3;
const PER_ENTRY = 3;

/** @param base of the partition's band */
export function parseRoomMessage(text: string, base: number): RoomMessage {
  const lines = text.split('\n');
  const [epoch = '', gap, sentAt = ''] = lines;
  const chats: Chat[] = [];
  for (let i = HEADER; i + PER_ENTRY <= lines.length; i += PER_ENTRY) {
    const [offset = '', id = '', content = ''] = [lines[i], lines[i + 1], lines[i + 2]];
    chats.push(decodeEntry([offset, ['i', id, 'e', epoch, 't', sentAt, 'c', content]], epoch, base));
  }
  return { epoch, gap: Number(gap) + base, chats };
}

/** The state of the log at one moment. */
export interface Mark {
  readonly token: string;
  readonly head: LogPosition;
  readonly start: number;
  readonly run: string;
  readonly gap: number;
  readonly id: string;
}

/** @param base of the partition's band */
export function parseMark(text: string, base: number): Mark {
  const [token = '', epoch = '', offset, start, run = '', gap, id = ''] = text.split('\n');
  return { token, head: { epoch, offset: Number(offset) + base }, start: Number(start) + base, run, gap: Number(gap) + base, id };
}
