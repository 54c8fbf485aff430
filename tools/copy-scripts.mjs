import { cpSync } from 'node:fs';
import { join } from 'node:path';

/** The Lua scripts, which tsc does not copy: read by the compiled server from the folder beside it. */
const SCRIPTS = 'adapters/redis/scripts';

const root = join(import.meta.dirname, '..');
cpSync(join(root, 'src', SCRIPTS), join(root, 'dist', SCRIPTS), { recursive: true });
