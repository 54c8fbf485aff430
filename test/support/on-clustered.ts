import { TestApp } from './app';
import { Cluster } from './cluster';
import { withServices } from './services';

/**
 * Registers the tests of other files once more, on the clustered engine. Apps with the same data folder share their databases, so
 * that a restart finds the data.
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
