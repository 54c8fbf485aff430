import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const DOCUMENTS = [
  ...['README.md', 'README.ko.md', 'CONTRIBUTING.md', 'SECURITY.md', 'THREATS.md'],
  ...['docs', 'docs/decisions'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];
/** A path below a folder of the repository, in backticks. */
const PATH = /`((?:src|test|tools|docs|deploy|models|monitoring|examples)\/[\w./-]*)`/g;

test.each(DOCUMENTS)('%s names only files that exist', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const paths = [...text.matchAll(PATH)].map(([, path = '']) => path);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('the architecture page names files of every layer', () => {
  const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  for (const part of ['app', 'servers', 'graphql', 'flow', 'accounts', 'insights', 'live', 'ports', 'domain', 'adapters']) {
    expect(text).toContain(`src/${part}/`);
  }
});
