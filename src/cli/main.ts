#!/usr/bin/env node
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { COMMANDS, HELP, helpOf, type Command } from './commands';

/** The command did what it was asked for. */
const DONE = 0;
/** It failed, for the reason that standard error names in one line. */
const FAILED = 1;
/** The arguments are wrong, and nothing was done. */
const WRONG_CALL = 2;

/** Loads only what the command needs, so that help is printed at once. @returns the exit code; undefined while a server runs */
async function run([name, ...args]: readonly string[]): Promise<number | undefined> {
  if (name === undefined) return wrong('Which command?', HELP);
  if (name === '--help' || name === '-h') return print(HELP);
  if (name === 'help') {
    const [about, ...others] = args;
    if (about === undefined) return print(HELP);
    const command = COMMANDS.get(about);
    return command && others.length === 0
      ? print(helpOf(about, command))
      : wrong(`There is no help for ${args.join(' ')}.`, HELP);
  }
  const command = COMMANDS.get(name);
  return command ? runCommand(name, command, args) : wrong(`There is no command ${name}.`, HELP);
}

async function runCommand(name: string, command: Command, args: readonly string[]): Promise<number | undefined> {
  const help = helpOf(name, command);
  const options: ParseArgsConfig['options'] = { ...command.options, help: { type: 'boolean', short: 'h' } };
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    // The first sentence says what is wrong.
    return wrong((error as Error).message.split('. ')[0] ?? '', help);
  }
  const { values, positionals } = parsed;
  if (values['help']) return print(help);
  if (positionals.length > 1 || (positionals.length > 0 && !command.argument)) {
    return wrong(`${name} takes ${command.argument ? 'one argument' : 'no argument'}.`, help);
  }
  const [argument] = positionals;
  if (argument === '' || (argument === undefined && command.argument?.required)) {
    return wrong(`${name} needs ${command.argument?.what ?? 'an argument'}.`, help);
  }
  return command.run(argument ?? '', values);
}

function print(text: string): number {
  process.stdout.write(text);
  return DONE;
}

function wrong(why: string, help: string): number {
  process.stderr.write(`jungle-buzz: ${why}\n\n${help}`);
  return WRONG_CALL;
}

run(process.argv.slice(2)).then(
  (code) => {
    if (code !== undefined) process.exitCode = code;
  },
  (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(`jungle-buzz: ${text.replaceAll('\n', ' ')}\n`);
    process.exitCode = FAILED;
  },
);
