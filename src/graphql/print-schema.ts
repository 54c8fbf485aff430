import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildAppSchema } from './schema';

/** The text of schema.graphql. It is sorted, so that moving code does not change it. */
export const printAppSchema = (): string => `${printSchema(lexicographicSortSchema(buildAppSchema()))}\n`;
