/**
 * Writes docs/api.md, and copies programs that tests run into the guides, between `<!-- code: path -->` and `<!-- /code -->`.
 * With --check it writes nothing and fails if a file is out of date.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { apiDocs } from './api-docs';

const root = join(__dirname, '..');
const LANGUAGES: Readonly<Record<string, string>> = { '.mjs': 'js', '.py': 'python' };

function withCode(guide: string): string {
  return guide.replace(/(<!-- code: (\S+) -->\n)[^]*?(<!-- \/code -->)/g, (_, open: string, path: string, close: string) => {
    const extension = extname(path);
    const code = readFileSync(join(root, path), 'utf8').trim();
    return `${open}\n\`\`\`${LANGUAGES[extension] ?? extension.slice(1)}\n${code}\n\`\`\`\n\n${close}`;
  });
}

for (const name of readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'))) {
  const path = join(root, 'docs', name);
  const guide = readFileSync(path, 'utf8');
  const current = name === 'api.md' ? apiDocs() : withCode(guide);
  if (guide === current) continue;
  if (!process.argv.includes('--check')) writeFileSync(path, current);
  else {
    console.error(`docs/${name} is out of date. Run: npm run docs:code`);
    process.exitCode = 1;
  }
}
