/** One operation of docs/api.md. A test runs all of them in this order as mina, who is administrator and moderator. */
export interface Example {
  readonly document: string;
  /** A text in angle brackets stands for a value of an earlier answer. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Values of the answer that later variables use: name in angle brackets, and path in the answer. */
  readonly keep?: Readonly<Record<string, string>>;
  /** Sent by the guest of `enterAsGuest` instead of mina. */
  readonly byGuest?: boolean;
}

/** At least one example per root field. Those that end a session or an account come last. */
export const EXAMPLES: readonly Example[] = [
  { document: 'query { usernameAvailable(username: "mina") }' },
  {
    document: `mutation ($input: RegisterInput!) {
  register(input: $input) { accessToken accessTokenExpiresAt refreshToken user { id username } }
}`,
    variables: { input: { username: 'mina', password: 'quiet-otter-7', email: 'mina@example.com' } },
  },
  {
    document: `mutation ($input: LoginInput!) {
  login(input: $input) { accessToken refreshToken user { username } }
}`,
    variables: { input: { login: 'mina', password: 'quiet-otter-7' } },
    keep: { token: 'login.accessToken', 'refresh token': 'login.refreshToken' },
  },
  { document: 'query { me { id username email joinedAt messageCount isAdmin isModerator } }' },
  { document: 'query { rooms { id title anonymous online slowModeSeconds wordFilter } }' },
  {
    document: 'mutation ($input: CreateRoomInput!) { createRoom(input: $input) { id title anonymous } }',
    variables: { input: { id: 'garden', title: 'Garden', anonymous: false } },
  },
  {
    document: 'query { recentChats(room: "garden", first: 20) { items { id author text sentAt } cursor } }',
    keep: { cursor: 'recentChats.cursor' },
  },
  {
    document: `subscription ($after: ChatCursor) {
  newChat(room: "garden", after: $after) { id author text sentAt cursor dominantEmotion hidden }
}`,
    variables: { after: '<cursor>' },
  },
  {
    document: `subscription {
  chatChanged(room: "garden") { id text hidden shownEmotion empathies { empathy count } }
}`,
  },
  { document: 'subscription { chatHidden(room: "garden") { id hidden } }' },
  { document: 'subscription { roomActivity(room: "garden") { kind author online } }' },
  { document: 'subscription { moodChanged(room: "garden") { dominantEmotion valence scores { emotion score } } }' },
  { document: 'subscription { roomChanged(room: "garden") { title archived slowModeSeconds screen question { id text } } }' },
  { document: 'subscription { insightReady(room: "garden") { id letter topics } }' },
  {
    document: `mutation ($input: SendChatInput!) {
  sendChat(input: $input) { id room author text sentAt cursor dominantEmotion emotions { emotion score } }
}`,
    variables: {
      input: { clientMessageId: 'a-name-of-your-own-1', room: 'garden', text: 'The first tomatoes are here, I am so glad' },
    },
    keep: { message: 'sendChat.id' },
  },
  {
    document: 'mutation ($id: ID!) { setFeeling(id: $id, feeling: JOY) { id feeling shownEmotion dominantEmotion } }',
    variables: { id: '<message>' },
  },
  {
    document: 'mutation { enterAsGuest { accessToken refreshToken user { id username isGuest } } }',
    keep: { 'guest token': 'enterAsGuest.accessToken' },
  },
  {
    document: 'mutation ($id: ID!) { setEmpathy(chatId: $id, empathy: ME_TOO) { id empathies { empathy count } } }',
    variables: { id: '<message>' },
    byGuest: true,
  },
  {
    document: 'query ($id: ID!) { chat(id: $id) { id author text feeling empathies { empathy count } } }',
    variables: { id: '<message>' },
  },
  {
    document: 'query ($ids: [ID!]!) { chatMarks(ids: $ids) { chatId mine empathy } }',
    variables: { ids: ['<message>'] },
  },
  {
    document: 'mutation ($input: RegisterInput!) { claimAccount(input: $input) { id username isGuest } }',
    variables: { input: { username: 'jun', password: 'early-swift-9' } },
    byGuest: true,
  },
  {
    document: 'mutation { createInvite(room: "garden", expiresInHours: 24, maxUses: 30) { code url expiresAt usesLeft } }',
    keep: { invite: 'createInvite.code' },
  },
  {
    document: 'mutation { createRoom(input: { title: "Rehearsal", visibility: PRIVATE }) { id visibility } }',
    keep: { rehearsal: 'createRoom.id' },
  },
  {
    document: 'mutation ($room: ID!) { createScreenLink(room: $room) { url expiresAt } }',
    variables: { room: '<rehearsal>' },
  },
  { document: 'query { invites(room: "garden") { code expiresAt usesLeft } }' },
  {
    document: 'query ($code: ID!) { invitePreview(code: $code) { room title anonymous guestsMayWrite } }',
    variables: { code: '<invite>' },
  },
  {
    document: 'mutation ($code: ID!) { joinRoom(code: $code) { id title } }',
    variables: { code: '<invite>' },
    byGuest: true,
  },
  { document: 'mutation ($code: ID!) { revokeInvite(code: $code) }', variables: { code: '<invite>' } },
  { document: 'query { myRooms { id title } }' },
  { document: 'query { myRole(room: "garden") }' },
  {
    document: `query {
  members(room: "garden", first: 50) { edges { node { username role since } } pageInfo { hasNextPage endCursor } }
}`,
  },
  { document: 'mutation { removeMember(room: "garden", username: "jun") }' },
  { document: 'mutation { setRole(room: "garden", username: "jun", role: MEMBER) { username role since } }' },
  { document: 'mutation { leaveRoom(room: "garden") }', byGuest: true },
  { document: 'query { authorName(room: "garden") }' },
  {
    document: `mutation ($room: ID!, $text: String!) {
  askQuestion(room: $room, text: $text) { id text askedAt }
}`,
    variables: { room: 'garden', text: 'What did you plant this week?' },
  },
  { document: 'query { room(id: "garden") { title visibility archived online question { id text askedAt } } }' },
  { document: 'mutation { setScreen(room: "garden", state: PAUSE) }' },
  { document: 'mutation { setTyping(room: "garden", typing: true) }' },
  {
    document: `query ($after: ChatCursor) {
  chats(room: "garden", first: 20, after: $after) {
    edges { cursor node { id author text } }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: { after: null },
  },
  { document: 'query { chatLogs(page: 1, pageSize: 10) { items { room text sentAt } page hasMore } }' },
  { document: 'query { mood(room: "garden", minutes: 60) { messageCount dominantEmotion valence scores { emotion score } } }' },
  {
    document: `query ($from: DateTimeISO!, $to: DateTimeISO!) {
  moodTimeline(room: "garden", from: $from, to: $to, bucket: DAY) { windowStart messageCount dominantEmotion }
}`,
    variables: { from: '2026-11-01T00:00:00Z', to: '2026-11-08T00:00:00Z' },
  },
  { document: 'query { myMood(days: 30) { windowStart messageCount valence } }' },
  {
    document: 'mutation { runInsight(room: "garden") { id letter topics source } }',
    keep: { letter: 'runInsight.id' },
  },
  { document: 'query { insight(room: "garden") { letter windowStart windowEnd mood { dominantEmotion } } }' },
  {
    document: 'query ($id: ID!) { insightById(id: $id) { letter letterIn(locale: "ko") facts question answerCount } }',
    variables: { id: '<letter>' },
  },
  {
    document: `query {
  insights(room: "garden", first: 10) { edges { node { id letter } } pageInfo { hasNextPage endCursor } }
}`,
  },
  {
    document: 'mutation ($id: ID!) { reportChat(id: $id, reason: "Sounds like advertising") }',
    variables: { id: '<message>' },
  },
  { document: 'query { reports(first: 20) { chat { id author text } reasons reportedAt } }' },
  { document: 'mutation ($id: ID!) { dismissReports(id: $id) }', variables: { id: '<message>' } },
  {
    document: 'mutation ($id: ID!) { muteAuthor(chatId: $id, minutes: 60, reason: "Advertising") }',
    variables: { id: '<message>' },
  },
  { document: 'mutation ($id: ID!) { unmuteAuthor(chatId: $id) }', variables: { id: '<message>' } },
  {
    document: 'mutation { updateRoom(id: "garden", slowModeSeconds: 5, wordFilter: MASK) { id slowModeSeconds wordFilter } }',
  },
  { document: 'mutation { archiveRoom(room: "garden", archived: true) { id archived } }' },
  { document: 'mutation { archiveRoom(room: "garden", archived: false) { id archived } }' },
  { document: 'mutation ($id: ID!) { takeBack(id: $id) { id text hidden } }', variables: { id: '<message>' } },
  {
    document: 'mutation ($id: ID!) { hideChat(id: $id, reason: "Advertising") { id text hidden } }',
    variables: { id: '<message>' },
  },
  { document: 'query { auditLog(first: 20) { id at action actor subject details } }' },
  {
    document: 'mutation ($input: CreateRoomInput!) { createRoom(input: $input) { id title visibility } }',
    variables: { input: { id: 'pantry', title: 'Pantry', visibility: 'UNLISTED' } },
  },
  { document: 'mutation { deleteRoom(room: "pantry", title: "Pantry") }' },
  { document: 'query { exportMyData(page: 1) }' },
  {
    document: 'query { sessions { id createdAt expiresAt current } }',
    keep: { 'other session': 'sessions.0.id' },
  },
  { document: 'mutation ($id: ID!) { endSession(id: $id) }', variables: { id: '<other session>' } },
  {
    document: 'mutation ($refreshToken: String!) { refresh(refreshToken: $refreshToken) { accessToken refreshToken } }',
    variables: { refreshToken: '<refresh token>' },
    keep: { token: 'refresh.accessToken' },
  },
  { document: '{ pushKey }' },
  {
    document: 'mutation ($subscription: PushInput!) { subscribePush(room: "main", subscription: $subscription) }',
    variables: {
      subscription: {
        endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/example',
        p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      },
    },
  },
  { document: 'mutation { unsubscribePush(endpoint: "https://updates.push.services.mozilla.com/wpush/v2/example") }' },
  { document: 'mutation { requestPasswordReset(login: "jun") }' },
  {
    document: 'mutation { createPasswordReset(username: "jun") { url expiresAt } }',
    keep: { 'token of the link': 'createPasswordReset.url' },
  },
  {
    document: `mutation ($token: String!) {
  resetPassword(token: $token, newPassword: "late-swallow-3") { accessToken refreshToken user { username } }
}`,
    variables: { token: '<token of the link>' },
  },
  { document: 'mutation { changePassword(currentPassword: "quiet-otter-7", newPassword: "calm-heron-8") }' },
  { document: 'mutation { logout }' },
  { document: 'mutation { logoutEverywhere }' },
  { document: 'mutation { deleteAccount(password: "calm-heron-8") }' },
];
