import { TestApp, type Person } from '../support/app';

const LONG = 'x'.repeat(5_000);
let app: TestApp;
let admin: Person;

beforeAll(async () => {
  app = await TestApp.start({ ADMINS: 'keeper', RATE_LIMITS: 'off' });
  admin = await app.person('keeper');
});

const REASON = 'reason: "a reason"';
const NOT_FOUND = 'NOT_FOUND';
const BAD_INPUT = 'BAD_USER_INPUT';

test.each(
  [
    [`{ recentChats(room: "${LONG}") { cursor } }`, NOT_FOUND],
    [`{ chats(room: "${LONG}") { edges { cursor } } }`, NOT_FOUND],
    [`{ chats(after: "${LONG}") { edges { cursor } } }`, BAD_INPUT],
    [`{ insight(room: "${LONG}") { id } }`, NOT_FOUND],
    [`{ insights(room: "${LONG}") { edges { cursor } } }`, NOT_FOUND],
    [`{ insights(after: "${LONG}") { edges { cursor } } }`, BAD_INPUT],
    [`{ mood(room: "${LONG}") { valence } }`, NOT_FOUND],
    [`{ auditLog(before: "${LONG}") { id } }`, BAD_INPUT],
    [`{ usernameAvailable(username: "${LONG}") }`, BAD_INPUT],
    [`mutation { reportChat(id: "${LONG}", ${REASON}) }`, NOT_FOUND],
    [`mutation { hideChat(id: "${LONG}", ${REASON}) { id } }`, NOT_FOUND],
    [`mutation { dismissReports(id: "${LONG}") }`, NOT_FOUND],
    [`mutation { muteAuthor(chatId: "${LONG}", minutes: 5, ${REASON}) }`, NOT_FOUND],
    [`mutation { unmuteAuthor(chatId: "${LONG}") }`, NOT_FOUND],
    [`mutation { updateRoom(id: "${LONG}") { id } }`, NOT_FOUND],
    [`mutation { endSession(id: "${LONG}") }`, NOT_FOUND],
    [`mutation { setTyping(room: "${LONG}", typing: true) }`, NOT_FOUND],
    [`mutation { runInsight(room: "${LONG}") { id } }`, NOT_FOUND],
    [`mutation { sendChat(input: { clientMessageId: "a", room: "${LONG}", text: "hello" }) { id } }`, NOT_FOUND],
    [`mutation { sendChat(input: { clientMessageId: "${LONG}", room: "main", text: "hello" }) { id } }`, BAD_INPUT],
    [`mutation { createRoom(input: { id: "${LONG}", title: "a" }) { id } }`, BAD_INPUT],
    [`mutation { login(input: { login: "${LONG}", password: "secret 123" }) { accessToken } }`, 'UNAUTHENTICATED'],
    [`mutation { login(input: { login: "${LONG}@x.y", password: "secret 123" }) { accessToken } }`, 'UNAUTHENTICATED'],
    [`mutation { refresh(refreshToken: "${LONG}") { accessToken } }`, 'UNAUTHENTICATED'],
  ].map(([query = '', code]) => ({ field: query.replace(LONG, '…'), query, code })),
)('answers an id of 5,000 characters without an internal error: $field', async ({ query, code }) => {
  const { errors } = await app.postRaw({ query }, admin.accessToken);
  expect(errors.map(({ extensions }) => extensions['code'])).toEqual([code]);
});

test.each(['newChat', 'roomActivity', 'moodChanged', 'chatHidden', 'insightReady'])(
  'refuses a subscription of %s to a room id of 5,000 characters as unknown',
  async (field) => {
    const selection = { newChat: '{ id }', roomActivity: '{ kind }', moodChanged: '{ valence }', chatHidden: '{ id }' }[field];
    const error = await new Promise<unknown>((resolve, reject) => {
      app
        .wsClient()
        .subscribe(
          { query: `subscription { ${field}(room: "${LONG}") ${selection ?? '{ id }'} }` },
          { next: resolve, error: resolve, complete: () => reject(new Error('completed')) },
        );
    });
    expect(error).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  },
);
