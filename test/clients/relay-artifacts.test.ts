import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, print } from 'graphql';

const read = (path: string): string => readFileSync(join(__dirname, 'relay', path), 'utf8');

test('what relay-compiler wrote is of the operations as they stand (npm run relay in test/clients writes it)', () => {
  const written = [...read('operations.js').matchAll(/graphql`([^`]+)`/g)].map(([, text = '']) => print(parse(text)));
  const compiled = readdirSync(join(__dirname, 'relay/__generated__')).map((file) => {
    const text = /"text": (".+")/.exec(read(join('__generated__', file)))?.[1] ?? '""';
    return print(parse(JSON.parse(text) as string));
  });
  expect(compiled.sort()).toEqual(written.sort());
});
