import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildAppSchema } from './schema';

/** The schema as schema.graphql holds it, sorted, so that a change shows where it is and nowhere else. */
export const printAppSchema = (): string => `${printSchema(lexicographicSortSchema(buildAppSchema()))}\n`;
