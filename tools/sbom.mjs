/**
 * Prints what production installs as a CycloneDX bill of materials, from the lock file. (npm's own sbom leaves out packages that
 * development uses too, such as graphql and ws.)
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { name, version, packages } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8'));

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const purlOf = (path) => `pkg:npm/${nameOf(path).replace('@', '%40')}@${packages[path].version}`;
/** The same version may be installed in several places: each place is a component of its own. */
const refOf = (path) => (path === '' ? `${name}@${version}` : path);

const paths = Object.keys(packages).filter((path) => path !== '' && !packages[path].dev && !packages[path].devOptional);

function component(path) {
  const { version: itsVersion, license, integrity = '' } = packages[path];
  const [algorithm, digest] = integrity.split('-');
  return {
    type: 'library',
    'bom-ref': refOf(path),
    name: nameOf(path),
    version: itsVersion,
    purl: purlOf(path),
    ...(license && { licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }] }),
    ...(algorithm === 'sha512' && { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] }),
  };
}

/** Node looks for a dependency beside the package, then further up. */
function resolve(from, dependency) {
  for (let base = from; base !== undefined; base = parentOf(base)) {
    const path = `${base === '' ? '' : `${base}/`}node_modules/${dependency}`;
    if (packages[path]) return path;
  }
  return undefined;
}

/** Of node_modules/a/node_modules/b it is node_modules/a, of that the root, which has none. */
function parentOf(path) {
  if (path === '') return undefined;
  const at = path.lastIndexOf('/node_modules/');
  return at < 0 ? '' : path.slice(0, at);
}

function dependsOn(path) {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = packages[path];
  const wanted = Object.keys({ ...dependencies, ...optionalDependencies, ...(path !== '' && peerDependencies) });
  return wanted.map((dependency) => resolve(path, dependency)).filter((found) => found && paths.includes(found));
}

const bom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  serialNumber: `urn:uuid:${randomUUID()}`,
  version: 1,
  metadata: {
    timestamp: new Date().toISOString(),
    component: { type: 'application', 'bom-ref': refOf(''), name, version, purl: `pkg:npm/${name}@${version}` },
  },
  components: paths.map(component),
  dependencies: ['', ...paths].map((path) => ({ ref: refOf(path), dependsOn: [...new Set(dependsOn(path))].map(refOf) })),
};
process.stdout.write(`${JSON.stringify(bom, null, 2)}\n`);
