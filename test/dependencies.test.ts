import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { satisfies } from 'semver';

interface Locked {
  readonly version: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync(join(__dirname, '../package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
const production = packages.filter(([, { dev, devOptional }]) => !dev && !devOptional);

/** The oldest that `engines` allows, and the lines people run. */
test.each(['20.19.0', '22.22.0', '24.21.0'])('npm ci on Node %s warns of no package of the whole tree', (node) => {
  const refusing = packages.filter(([, { engines }]) => engines?.node !== undefined && !satisfies(node, engines.node));
  expect(refusing.map(([path, { version, engines }]) => `${path} ${version} wants ${engines?.node}`)).toEqual([]);
});

/** As Node resolves it: the nearest node_modules folder that has the package. */
function resolved(from: string, name: string): Locked | undefined {
  for (let folder = `${from}/`; ;) {
    const found = lock.packages[`${folder}node_modules/${name}`];
    if (found || folder === '') return found;
    folder = folder.slice(0, folder.slice(0, -1).lastIndexOf('node_modules/'));
  }
}

test('production packages need no overrides, which npm ignores where this package is installed as a dependency', () => {
  const overridden = production.flatMap(([path, { dependencies = {} }]) =>
    Object.entries(dependencies)
      .filter(([name, range]) => !satisfies(resolved(path, name)?.version ?? '', range))
      .map(([name, range]) => `${path} wants ${name} ${range}`),
  );
  expect(overridden).toEqual([]);
});

test('npm ci --omit=dev installs at most 300 packages', () => {
  expect(production.length).toBeLessThanOrEqual(300);
});

test('the only install scripts of production are those of parts that come prebuilt', () => {
  const scripted = production
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.split('node_modules/').pop());
  expect(scripted.sort()).toEqual(['@apollo/protobufjs', 'bcrypt', 'lmdb', 'msgpackr-extract']);
});
