import { createReadStream, existsSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { exportLines, type ExportEnds } from '../app/commands/transfer';
import type { Config } from '../config/config';
import { silentLogger } from '../ports/logger';
import { Progress } from './progress';

const WRITE_CHARS = 256 * 1024;
const END = '{"kind":"end"}';
const CHAT = '{"kind":"chat"';

/**
 * Writes the export to the file, readable by its owner only: it holds password hashes and e-mails. An interrupted export resumes
 * after its last whole line.
 */
export async function exportTo(path: string, config: Config): Promise<number> {
  const found = existsSync(path) ? await findIn(path) : { bytes: 0, chats: 0 };
  if (found.lines?.last === END) {
    process.stderr.write(`${path} is complete. For a new export, choose another name.\n`);
    return 0;
  }
  const file = await open(path, 'a', 0o600);
  try {
    await file.chmod(0o600);
    await file.truncate(found.bytes);
    const chats = await write(file, exportLines(config, silentLogger, found.lines), found);
    process.stderr.write(`${path}: ${chats} messages, with users, rooms and letters. Keep the file as safe as the database.\n`);
  } finally {
    await file.close();
  }
  return 0;
}

interface Found {
  readonly lines?: ExportEnds;
  /** Up to the end of the last whole line. */
  readonly bytes: number;
  readonly chats: number;
}

async function findIn(path: string): Promise<Found> {
  let [bytes, chats, rest] = [0, 0, ''];
  let [first, last] = ['', ''];
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (first === '') first = line;
      last = line;
      bytes += Buffer.byteLength(line) + 1;
      if (line.startsWith(CHAT)) chats++;
    }
  }
  if (first === '' && rest !== '') throw new Error(`${path} is not an export: choose another name.`);
  return first === '' ? { bytes: 0, chats: 0 } : { lines: { first, last }, bytes, chats };
}

async function write(file: FileHandle, lines: AsyncIterable<string>, found: Found): Promise<number> {
  let { chats } = found;
  let text = '';
  let progress = progressOf(found.lines?.first);
  for await (const line of lines) {
    progress ??= progressOf(line);
    if (line.startsWith(CHAT)) progress?.update(++chats);
    text += `${line}\n`;
    if (text.length < WRITE_CHARS) continue;
    await file.appendFile(text);
    text = '';
  }
  await file.appendFile(text);
  await file.sync();
  progress?.end();
  return chats;
}

const progressOf = (header: string | undefined): Progress | undefined =>
  header === undefined ? undefined : new Progress('export', (JSON.parse(header) as { chats: number }).chats);
