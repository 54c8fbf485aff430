import { TestApp } from './app';
import { Cluster } from './cluster';
import { withServices } from './services';

/**
 * Registers the tests of other files once more, on the clustered engine: apps of one folder share databases as they would share
 * the folder, so that a restart finds what was there.
 * @param tests requires the files
 */
export function onClustered(tests: () => void): void {
  withServices(['redis', 'mongo'], (services) => {
    const installations = new Map<string, Promise<Cluster>>();
    TestApp.engineOf = async (dataDir) => {
      const cluster = installations.get(dataDir) ?? Cluster.on(services);
      installations.set(dataDir, cluster);
      return (await cluster).env;
    };
    tests();
  });
}
