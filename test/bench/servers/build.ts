/** Builds the load generator and the peers. What cannot be built is named in one line, and the benches leave it out. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { NAMES, OURS, PEERS, peerOf, type Name, type Peer, type PeerName } from './catalogue';

const BIN = join(PEERS, 'bin');
const LOAD = join(PEERS, '..', 'load');
export const LOAD_PROGRAMS = { subscribe: join(BIN, 'subscribe'), publish: join(BIN, 'publish') };

type Command = readonly [folder: string, command: string, ...args: string[]];

const compileC = (folder: string, file: string): Command => [folder, 'gcc', '-O2', '-o', join(BIN, file), `${file}.c`];
const goBuild = (folder: string, of = '.'): Command => {
  const flags = ['-trimpath', '-buildvcs=false', '-ldflags', '-s -w'];
  return [join(PEERS, folder), 'go', 'build', '-mod=readonly', ...flags, '-o', join(BIN, folder), of];
};
const RUST = join(PEERS, 'async-graphql');

const COMMANDS: Readonly<Record<Peer['step'], () => readonly Command[]>> = {
  c: () => [compileC(PEERS, 'floor')],
  rust: () => [
    [RUST, 'cargo', 'build', '--release', '--locked', '--quiet'],
    [RUST, 'cp', 'target/release/async-graphql-peer', join(BIN, 'async-graphql')],
  ],
  gqlgen: () => [...(isNewer('gqlgen/generated/exec.go', 'gqlgen/schema.graphqls') ? [] : [generateGo()]), goBuild('gqlgen')],
  centrifuge: () => [goBuild('centrifuge')],
  centrifugo: () => [goBuild('centrifugo', 'github.com/centrifugal/centrifugo/v6')],
  javascript: () => (isNewer('node_modules/.package-lock.json', 'package-lock.json') ? [] : [installPackages()]),
};

const generateGo = (): Command => [join(PEERS, 'gqlgen'), 'go', 'tool', 'gqlgen', 'generate'];
const installPackages = (): Command => [PEERS, 'npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts'];

function isNewer(made: string, source: string): boolean {
  const [at, from] = [made, source].map((file) => join(PEERS, file)) as [string, string];
  return existsSync(at) && statSync(at).mtimeMs >= statSync(from).mtimeMs;
}

/** @returns the reason for a failure in one line */
function failureOf(commands: readonly Command[]): string | undefined {
  for (const [cwd, command, ...args] of commands) {
    const { status, error, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
    if (error) return `${command} is not installed`;
    const lines = stderr.split('\n').filter((line) => line.trim() !== '');
    if (status !== 0)
      return `${command} failed: ${lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? `status ${status}`}`;
  }
  return undefined;
}

export function buildLoadGenerator(): void {
  mkdirSync(BIN, { recursive: true });
  const failure = failureOf([compileC(LOAD, 'subscribe'), compileC(LOAD, 'publish')]);
  if (failure) throw new Error(`the load generator is written in C: ${failure}`);
}

/** @returns the reasons for which peers were not built */
export function build(): ReadonlyMap<PeerName, string> {
  buildLoadGenerator();
  const failures = new Map<Peer['step'], string | undefined>();
  const missing = new Map<PeerName, string>();
  for (const name of NAMES) {
    if (name === OURS) continue;
    const { step } = peerOf(name);
    if (!failures.has(step)) failures.set(step, failureOf(COMMANDS[step]()));
    const reason = failures.get(step);
    if (reason) missing.set(name, reason);
  }
  for (const [name, reason] of missing) console.error(`${name}: not built: ${reason}`);
  return missing;
}

/** The files that pin the versions. */
const LOCKS: Readonly<Partial<Record<Peer['step'], string>>> = {
  rust: 'async-graphql/Cargo.lock',
  gqlgen: 'gqlgen/go.mod',
  centrifuge: 'centrifuge/go.mod',
  centrifugo: 'centrifugo/go.mod',
  javascript: 'package-lock.json',
};

/** @returns package and version, for each package of these servers */
export function versionsOf(names: readonly Name[]): readonly string[] {
  const lines = names.flatMap((name) => {
    if (name === OURS) return [];
    const { step, packages } = peerOf(name);
    const lock = readFileSync(join(PEERS, LOCKS[step] ?? 'package.json'), 'utf8');
    return packages.map((item) => {
      const patterns = [
        `name = "${item}"\nversion = "(.+)"`,
        `"node_modules/${item}": {\\s+"version": "(.+)"`,
        `${item} v(\\S+)`,
      ];
      const version = patterns.map((pattern) => new RegExp(pattern).exec(lock)?.[1]).find((found) => found !== undefined);
      return `${item.replace(/^github.com\//, '')} ${version}`;
    });
  });
  return [...new Set(lines), ...COMPILERS.flatMap(versionOfCompiler)];
}

const COMPILERS = [
  ['gcc', '-dumpfullversion'],
  ['go', 'version'],
  ['rustc', '--version'],
] as const;

function versionOfCompiler([command, flag]: readonly [string, string]): string[] {
  const { stdout, error } = spawnSync(command, [flag], { encoding: 'utf8' });
  return error ? [] : [`${command} ${/\d+\.\d+[.\d]*/.exec(stdout)?.[0]}`];
}
