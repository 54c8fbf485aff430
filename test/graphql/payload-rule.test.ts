import { buildSchema } from 'graphql';
import { assertPayloadsAreShared } from '../../src/graphql/payload-rule';

const schemaWith = (field: string) =>
  buildSchema(`
    type Query { chat: Chat }
    type Subscription { newChat: Chat! }
    type Chat { id: ID! feeling: String ${field} }
  `);

test('accepts payloads whose fields are the same for every viewer', () => {
  expect(() => {
    assertPayloadsAreShared(schemaWith(''));
  }).not.toThrow();
});

test('refuses a field `mine` on Chat, because a payload may not depend on the viewer', () => {
  expect(() => {
    assertPayloadsAreShared(schemaWith('mine: Boolean!'));
  }).toThrow('Chat.mine is reachable from a subscription');
});
