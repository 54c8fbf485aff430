/** How long the most expensive documents within the limits take to validate, before the sender is known. */
import 'reflect-metadata';
import { specifiedRules, validate } from 'graphql';
import { limitsRule } from '../../src/graphql/limits';
import { buildAppSchema } from '../../src/graphql/schema';
import { largestDocuments } from '../support/largest-documents';
import { report } from './support/report';
import { latencyOf } from './support/stats';

const TIMES = 50;

export function validation(): Promise<void> {
  const schema = buildAppSchema();
  const runs = largestDocuments.map(([what, largest]) => {
    const { n, document } = largest();
    const times: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      const started = performance.now();
      validate(schema, document, [...specifiedRules, limitsRule]);
      times.push(performance.now() - started);
    }
    return { what, n, ...latencyOf(times) };
  });
  const rows = runs.map(({ what, n, p50, max }) => [what, n, p50, max]);
  report('validation', ['a document that', 'times', 'p50 ms', 'max ms'], rows, { runs });
  return Promise.resolve();
}
