import { serverAudits } from 'graphql-http';
import { TestApp } from '../support/app';

/** Apollo Server answers 400 where the draft, for clients that predate it, would rather see 200. */
const MAX_WARNINGS = 3;

test('the audit of GraphQL over HTTP finds no error and at most three warnings', async () => {
  const app = await TestApp.start();
  const results = await Promise.all(serverAudits({ url: app.app.urls.http, fetchFn: fetch }).map((audit) => audit.fn()));
  const told = (status: string) =>
    results.flatMap((result) =>
      result.status === status && 'reason' in result ? [`${result.id} ${result.name}: ${result.reason}`] : [],
    );
  expect(told('error')).toEqual([]);
  expect(told('warn').slice(MAX_WARNINGS)).toEqual([]);
  // Notices tell of what a server may leave out; queries by GET from any page are left out for safety.
  expect(results.length - told('notice').length).toBeGreaterThan(50);
});
