import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const FOLDER = join(__dirname, '../../../dist/web');

/** Gzipped sizes, in bytes, of the scripts that index.html names; what else there is comes when a place is opened. */
export function wallScripts(): number[] {
  const html = readFileSync(join(FOLDER, 'index.html'), 'utf8');
  return [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path = '']) => {
    const file = join(FOLDER, path);
    return existsSync(`${file}.gz`) ? readFileSync(`${file}.gz`).length : gzipSync(readFileSync(file)).length;
  });
}
