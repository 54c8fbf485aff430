/** What one source file asks for: module names as written (type imports, re-exports and import() included) and members of `process`. */
export interface SourceFacts {
  readonly imports: readonly string[];
  readonly processMembers: readonly string[];
}

interface Rule {
  /** Parts and single files of src it may import; itself always. */
  readonly parts: string;
  /** Packages it may import; `node:*` stands for every built-in module. */
  readonly packages: string;
}

const CORE = 'ports domain util';
const CORE_BUILT_INS = 'node:crypto node:events node:timers/promises lru-cache';

/** A part is a folder of src, a folder of src/adapters, or a file directly in src. A part that is not here fails the test. */
// prettier-ignore
export const RULES: Readonly<Record<string, Rule>> = {
  // part                  may import of src                              may import of the world
  'util':                 { parts: '',                                    packages: 'node:timers/promises' },
  'domain':               { parts: '',                                    packages: 'node:crypto' },
  'ports':                { parts: 'domain',                              packages: 'node:crypto' },
  'flow':                 { parts: CORE,                                  packages: CORE_BUILT_INS },
  'accounts':             { parts: CORE,                                  packages: `${CORE_BUILT_INS} bcrypt jsonwebtoken` },
  'insights':             { parts: CORE,                                  packages: `${CORE_BUILT_INS} node:fs/promises node-schedule cron-parser garu-ko compromise` },
  'execution':            { parts: '',                                    packages: 'node:util graphql' },
  'live':                 { parts: `execution ${CORE}`,                   packages: `${CORE_BUILT_INS} node:stream graphql ws` },
  'push':                 { parts: CORE,                                  packages: CORE_BUILT_INS },
  'transfer':             { parts: CORE,                                  packages: CORE_BUILT_INS },
  'graphql':              { parts: `flow accounts insights live push ${CORE}`, packages: `${CORE_BUILT_INS} graphql type-graphql graphql-scalars reflect-metadata dataloader` },
  'servers':              { parts: `graphql execution flow accounts insights live ${CORE}`,
                            packages: 'node:* express cors helmet @apollo/server graphql graphql-ws lru-cache ws prom-client proxy-addr' },
  'adapters/in-process':  { parts: CORE,                                  packages: 'node:*' },
  'adapters/lmdb':        { parts: CORE,                                  packages: 'node:* lmdb msgpackr' },
  'adapters/redis':       { parts: CORE,                                  packages: 'node:* ioredis lru-cache' },
  'adapters/mongo':       { parts: CORE,                                  packages: 'node:* mongoose @typegoose/typegoose reflect-metadata' },
  'adapters/rates':       { parts: CORE,                                  packages: 'rate-limiter-flexible ioredis' },
  'adapters/word-filter': { parts: CORE,                                  packages: 'obscenity' },
  'adapters/local-model': { parts: CORE,                                  packages: 'node:*' },
  'adapters/openai':      { parts: CORE,                                  packages: 'node:* openai' },
  'adapters/smtp':        { parts: CORE,                                  packages: 'nodemailer' },
  'adapters/web-push':    { parts: CORE,                                  packages: 'node:* web-push' },
  'config':               { parts: 'domain',                              packages: 'node:*' },
  'app':                  { parts: `adapters/* config servers graphql live flow accounts insights push transfer ${CORE}`,
                            packages: 'node:* graphql pino reflect-metadata' },
  'main':                 { parts: `app config ${CORE}`,                  packages: 'node:*' },
  'cli':                  { parts: `app main config ${CORE}`,                  packages: 'node:*' },
  'client':               { parts: '',                                    packages: 'graphql-ws' },
  'web':                  { parts: 'client util domain/room-title',            packages: 'preact uqr graphiql @graphiql/toolkit react react-dom uplot marked idb graphql @graphql-typed-document-node/core' },
};

/** The environment is read, and the process ended, in these parts only. */
const ENTRIES = new Set(['main', 'cli']);
const ENTRY_ONLY = ['env', 'exit'];

/**
 * @param files by path within src, without the extension: 'flow/send-chat'
 * @returns one sentence per broken rule, in the order of the files; empty if all is well
 */
export function violations(files: ReadonlyMap<string, SourceFacts>): string[] {
  const found: string[] = [];
  for (const [file, { imports, processMembers }] of files) {
    const part = partOf(file);
    const rule = RULES[part];
    if (!rule) {
      found.push(`${file}: the part ${part} has no rule`);
      continue;
    }
    for (const name of imports) {
      const problem = name.startsWith('.') ? badEdge(file, part, rule, name) : badPackage(part, rule, name);
      if (problem) found.push(`${file}: ${problem}`);
    }
    for (const member of ENTRY_ONLY) {
      if (processMembers.includes(member) && !ENTRIES.has(part)) found.push(`${file}: process.${member} belongs in main and cli`);
    }
  }
  return [...found, ...cycles(files)];
}

function partOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'adapters' ? `${top}/${second}` : top;
}

function badEdge(file: string, part: string, rule: Rule, name: string): string | undefined {
  const target = resolve(file, name);
  if (target === undefined) return `${name} is outside src`;
  const isAllowed = partOf(target) === part || allows(rule.parts, partOf(target)) || allows(rule.parts, target);
  return isAllowed ? undefined : `${part} may not import ${target}`;
}

function badPackage(part: string, rule: Rule, name: string): string | undefined {
  if (name === 'node:process') return 'process is read as a global, so that its use is seen';
  const [scope = '', rest = ''] = name.split('/');
  const packageName = name.startsWith('node:') ? name : name.startsWith('@') ? `${scope}/${rest}` : scope;
  return allows(rule.packages, packageName) ? undefined : `${part} may not import the package ${packageName}`;
}

const allows = (list: string, name: string): boolean =>
  list.split(' ').some((entry) => (entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : entry === name));

/** Path within src that a relative import names, or undefined if it leads out of src. */
function resolve(file: string, name: string): string | undefined {
  const path = file.split('/').slice(0, -1);
  for (const step of name.replace(/\.[jt]sx?$/, '').split('/')) {
    if (step === '..' && path.pop() === undefined) return undefined;
    if (step !== '.' && step !== '..') path.push(step);
  }
  return path.join('/');
}

/** Each circle of imports once, as the walk from its first file finds it. */
function cycles(files: ReadonlyMap<string, SourceFacts>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push(`import cycle: ${[...path.slice(path.indexOf(file)), file].join(' -> ')}`);
      return;
    }
    if (done.has(file)) return;
    for (const name of files.get(file)?.imports ?? []) {
      const target = name.startsWith('.') ? resolve(file, name) : undefined;
      const module = [target, `${target ?? ''}/index`].find((candidate) => candidate !== undefined && files.has(candidate));
      if (module !== undefined) walk(module, [...path, file]);
    }
    done.add(file);
  };
  for (const file of files.keys()) walk(file, []);
  return found;
}
