import type { ParseArgsConfig } from 'node:util';
import { parseConfig, type Config } from '../config/config';
import { printSchema } from './schema';

export interface Command {
  readonly summary: string;
  /** What it needs, what it leaves alone, what to know before. */
  readonly details: string;
  /** The only argument: its name in the usage line, and what an error says is missing. */
  readonly argument?: { readonly name: string; readonly what: string; readonly required: boolean };
  readonly options?: Readonly<Record<string, { readonly type: 'boolean'; readonly about: string }>> & ParseArgsConfig['options'];
  /** @returns the exit code; undefined to keep running */
  run(argument: string, options: Readonly<Record<string, unknown>>): Promise<number | undefined>;
}

const config = (): Config => parseConfig(process.env);

const FILE = { name: 'FILE', what: 'the name of a file', required: true };

export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    'start',
    {
      summary: 'serve the page and the API on PORT, subscriptions on WS_PORT',
      details: 'Runs until SIGTERM or SIGINT, then stops in order and exits with 0.',
      run: async () => {
        await import('../main.js');
        return undefined;
      },
    },
  ],
  [
    'insight',
    {
      summary: 'write the letter of the time since the last scheduled one, and print it',
      details: 'Stores nothing. ROOM is main unless it is given. With DATA_DIR, stop the server first.',
      argument: { name: 'ROOM', what: 'a room', required: false },
      options: { 'dry-run': { type: 'boolean', about: 'print what a model would be sent, and send nothing' } },
      run: async (room, options) =>
        (await import('./insight.js')).insight(config(), room === '' ? 'main' : room, options['dry-run'] === true),
    },
  ],
  [
    'export',
    {
      summary: 'write users, rooms, messages and letters to a file',
      details:
        'Resumes after an interruption: run it again with the same FILE. The file holds password hashes and e-mails.\n' +
        'With DATA_DIR, stop the server first.',
      argument: FILE,
      run: async (file) => (await import('./export.js')).exportTo(file, config()),
    },
  ],
  [
    'import',
    {
      summary: 'store such a file in an empty installation',
      details: 'Resumes after an interruption: run it again with the same FILE. No server may run on the target.',
      argument: FILE,
      run: async (file) => (await import('./import.js')).importFrom(file, config()),
    },
  ],
  [
    'repartition',
    {
      summary: 'give the log LOG_PARTITIONS new partitions',
      details:
        'Stores what waits in the log first. Stop all processes before; Redis and MongoDB run, REDIS_URL is that of before.\n' +
        'After an interruption, run it again. For the clustered engine only.',
      run: async () => (await import('./repartition.js')).repartitionLog(config()),
    },
  ],
  [
    'reset-password',
    {
      summary: 'make a link that sets a new password, and print it',
      details:
        'For people who get no mail. The link works once, for one hour, and the audit log records it. It begins with PUBLIC_URL, or\n' +
        'with http://localhost and PORT. With DATA_DIR, stop the server first, or let an administrator use createPasswordReset.',
      argument: { name: 'NAME', what: 'a username', required: true },
      run: async (name) => (await import('./reset-password.js')).resetPassword(config(), name),
    },
  ],
  [
    'backup',
    {
      summary: 'copy DATA_DIR into a new folder, also while the server runs',
      details: 'Reads the copy through and counts what is in it. For the embedded engine only.',
      argument: { name: 'FOLDER', what: 'the name of a new folder', required: true },
      run: async (folder) => (await import('./backup.js')).backupTo(folder, config()),
    },
  ],
  [
    'restore',
    {
      summary: 'put such a copy into an empty DATA_DIR',
      details:
        'Refuses a damaged copy and a DATA_DIR with data; then nothing is written. After an interruption, run it again.\n' +
        'For the embedded engine only.',
      argument: { name: 'FOLDER', what: 'the folder of a backup', required: true },
      run: async (folder) => (await import('./backup.js')).restoreFrom(folder, config()),
    },
  ],
  [
    'doctor',
    {
      summary: 'check settings, clock, disk, services and ports, and say what to do',
      details: 'Exits with 1 if something would keep the server from starting or working.',
      run: async () => (await import('./doctor.js')).doctor(process.env),
    },
  ],
  [
    'schema',
    {
      summary: 'print the GraphQL schema',
      details: 'Needs no settings.',
      run: () => Promise.resolve(printSchema()),
    },
  ],
]);

const EXIT_CODES = 'Exit codes: 0 done, 1 failed (standard error says why), 2 wrong arguments (nothing was done).\n';

const usageOf = (name: string, { argument }: Command): string =>
  argument ? `${name} ${argument.required ? argument.name : `[${argument.name}]`}` : name;

export const HELP = `Usage: jungle-buzz COMMAND

${[...COMMANDS].map(([name, command]) => `  ${usageOf(name, command).padEnd(16)}  ${command.summary}\n`).join('')}
  COMMAND --help    print what to know about a command

Settings are environment variables; none is needed to start. They are listed in the README and in .env.example.
A file name that begins with a dash comes after --, as in: jungle-buzz export -- -f
${EXIT_CODES}`;

export function helpOf(name: string, command: Command): string {
  const options = Object.entries(command.options ?? {}).map(([option, { about }]) => `  --${option}  ${about}\n`);
  return `Usage: jungle-buzz ${usageOf(name, command)}${options.length > 0 ? ' [OPTION]' : ''}

${command.summary[0]?.toUpperCase() ?? ''}${command.summary.slice(1)}.
${command.details}
${options.length > 0 ? `\n${options.join('')}` : ''}
${EXIT_CODES}`;
}
