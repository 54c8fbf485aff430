#!/usr/bin/env node
import { parseConfig } from '../config/config';
import { printSchema } from './schema';

const USAGE = `Usage: jungle-buzz COMMAND

  start                     serve: the page and the API on PORT, subscriptions on WS_PORT
  insight [ROOM]            write the letter of the time since the last one, and print it; nothing is stored
  insight [ROOM] --dry-run  print exactly what a model would be sent for it; nothing is sent
  export FILE               write users, rooms, messages and letters to a file; again to go on after an interruption
  import FILE               store such a file; again to go on after an interruption
  backup FOLDER             copy DATA_DIR into a new folder, also while the server runs, and read the copy through
  restore FOLDER            put such a copy, if it is whole, into an empty DATA_DIR
  doctor                    look at settings, clock, disk, services and ports, and say what to do
  schema                    print the GraphQL schema

Settings are environment variables; none is needed to start. They are listed in the README and in .env.example.
export, import and insight work on what DATA_DIR, or REDIS_URL and MONGODB_URI, name. With DATA_DIR, stop the server first.
backup needs no stop; it and restore are for DATA_DIR only.
`;

/** Loads what the command needs and no more: --help is there at once. @returns the exit code; undefined to go on */
async function run([command, ...args]: readonly string[]): Promise<number | undefined> {
  const config = () => parseConfig(process.env);
  const [first] = args.filter((arg) => !arg.startsWith('--'));
  // A misspelt --dry-run must not become a call that costs money.
  const unknown = args.find((arg) => arg.startsWith('--') && !(command === 'insight' && arg === '--dry-run'));
  if (unknown !== undefined) return wrong(`There is no option ${unknown} here.`);
  switch (command) {
    case 'start':
      await import('../main.js');
      return undefined;
    case 'insight':
      return (await import('./insight.js')).insight(config(), first ?? 'main', args.includes('--dry-run'));
    case 'export':
      if (first === undefined) return wrong('export needs the name of a file.');
      return (await import('./export.js')).exportTo(first, config());
    case 'import':
      if (first === undefined) return wrong('import needs the name of a file.');
      return (await import('./import.js')).importFrom(first, config());
    case 'backup':
      if (first === undefined) return wrong('backup needs the name of a new folder.');
      return (await import('./backup.js')).backupTo(first, config());
    case 'restore':
      if (first === undefined) return wrong('restore needs the folder of a backup.');
      return (await import('./backup.js')).restoreFrom(first, config());
    case 'doctor':
      return (await import('./doctor.js')).doctor(process.env);
    case 'schema':
      return printSchema();
    case '--help':
    case '-h':
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case undefined:
      return wrong('Which command?');
    default:
      return wrong(`There is no command ${command}.`);
  }
}

function wrong(why: string): number {
  process.stderr.write(`jungle-buzz: ${why}\n\n${USAGE}`);
  return 2;
}

run(process.argv.slice(2)).then(
  (code) => {
    if (code !== undefined) process.exitCode = code;
  },
  (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(`jungle-buzz: ${text.replaceAll('\n', ' ')}\n`);
    process.exitCode = 1;
  },
);
