/** Lists the licences of what production installs, from the lock file; with --check, fails at one that is not on the list below. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** They ask for their text to be kept, and nothing of the program that uses them. MPL-2.0 asks for the source of its own files, which a package contains. */
export const PERMISSIVE = new Set([
  ...['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0'],
  ...['Python-2.0', 'CC-BY-4.0', 'MPL-2.0'],
]);

/** @returns name@version and licence of each package, sorted */
export function licences(lock) {
  return Object.entries(lock.packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path, { version, license }]) => [`${path.split('node_modules/').pop()}@${version}`, license ?? 'none given'])
    .sort(([a], [b]) => a.localeCompare(b));
}

export const isPermissive = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(/ OR /i)
    .some((choice) => choice.split(/ AND /i).every((each) => PERMISSIVE.has(each.trim())));

const isMain = process.argv[1]?.endsWith('licences.mjs');
if (isMain) {
  const list = licences(JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')));
  for (const [name, licence] of list) console.log(`${licence.padEnd(24)} ${name}`);
  const odd = list.filter(([, licence]) => !isPermissive(licence));
  console.error(
    `\n${list.length} packages, ${odd.length} with a licence to read: ${odd.map(([name]) => name).join(', ') || 'none'}`,
  );
  if (process.argv.includes('--check') && odd.length > 0) process.exitCode = 1;
}
