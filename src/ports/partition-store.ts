import type { Partitions } from '../domain/partition';

/** The partitions of the log of this installation. Only engines whose log may have several keep them. */
export interface PartitionStore {
  /** @returns undefined before the first `create` */
  read(): Promise<Partitions | undefined>;
  /** Records the partitions unless there are some. Of concurrent calls the first one wins. @returns those that are recorded */
  create(partitions: Partitions): Promise<Partitions>;
  /** Records other partitions in place of these. @returns false, and changes nothing, if these are not the recorded ones */
  replace(from: Partitions, to: Partitions): Promise<boolean>;
}
