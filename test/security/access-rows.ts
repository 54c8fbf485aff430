export const VISIBILITIES = ['PUBLIC', 'UNLISTED', 'PRIVATE'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Who asks. The guest is a member of the room; the other host is host of another one. */
export const ROLES = ['nobody', 'stranger', 'guest', 'member', 'host', 'otherHost', 'moderator'] as const;
export type Role = (typeof ROLES)[number];

/** `done` stands for every answer of somebody who may, also for input that is refused later. */
export type Verdict = 'done' | 'null' | 'NOT_FOUND' | 'FORBIDDEN' | 'UNAUTHENTICATED';
export type Rule = (role: Role, visibility: Visibility) => Verdict;

export interface Row {
  /** The field with its arguments and selection. CHAT, LETTER, ROOM and CODE stand for what the room has. */
  readonly field: string;
  readonly rule: Rule;
  /** Uses up its message, so that each caller gets one of its own. */
  readonly usesChat?: true;
}

const mayRead: (role: Role, visibility: Visibility) => boolean = (role, visibility) =>
  visibility !== 'PRIVATE' || ['guest', 'member', 'host'].includes(role);

const read: Rule = (role, visibility) => (mayRead(role, visibility) ? 'done' : 'NOT_FOUND');
const readOrNull: Rule = (role, visibility) => (mayRead(role, visibility) ? 'done' : 'null');
const signedIn =
  (rule: Rule): Rule =>
  (role, visibility) =>
    role === 'nobody' ? 'UNAUTHENTICATED' : rule(role, visibility);
/** For those for whom `may` is true; FORBIDDEN for other readers. */
const only = (may: (role: Role, visibility: Visibility) => boolean): Rule =>
  signedIn((role, visibility) => {
    if (!mayRead(role, visibility)) return 'NOT_FOUND';
    return may(role, visibility) ? 'done' : 'FORBIDDEN';
  });
const hosts = only((role) => role === 'host');
const hostsAndModerators = only((role) => role === 'host' || role === 'moderator');

/** Fields that answer the same whatever the visibility of a room is. */
export const WITHOUT_ROOM = [
  'usernameAvailable me sessions exportMyData chatLogs myMood myRooms rooms pushKey invitePreview',
  'register login refresh logout logoutEverywhere endSession deleteAccount changePassword claimAccount enterAsGuest',
  'requestPasswordReset resetPassword createPasswordReset createRoom joinRoom unsubscribePush',
].flatMap((names) => names.split(' '));

const PUSH = '{ endpoint: "https://fcm.googleapis.com/fcm/send/KEY", p256dh: "P256DH", auth: "AUTH" }';

export const QUERIES: Readonly<Record<string, Row>> = {
  room: { field: 'room(id: "ROOM") { title }', rule: readOrNull },
  recentChats: { field: 'recentChats(room: "ROOM", first: 5) { items { text } }', rule: read },
  chats: { field: 'chats(room: "ROOM", first: 5) { edges { node { text } } }', rule: read },
  chat: { field: 'chat(id: "CHAT") { text }', rule: readOrNull },
  chatMarks: { field: 'chatMarks(ids: ["CHAT"]) { mine empathy }', rule: signedIn(() => 'done') },
  mood: { field: 'mood(room: "ROOM", minutes: 5) { messageCount }', rule: read },
  moodTimeline: {
    field: 'moodTimeline(room: "ROOM", from: "2026-11-01T00:00:00Z", to: "2026-11-01T02:00:00Z") { messageCount }',
    rule: read,
  },
  insight: { field: 'insight(room: "ROOM") { letter }', rule: read },
  insights: { field: 'insights(room: "ROOM", first: 5) { edges { node { id } } }', rule: read },
  insightById: { field: 'insightById(id: "LETTER") { letter }', rule: readOrNull },
  authorName: { field: 'authorName(room: "ROOM")', rule: signedIn(read) },
  myRole: {
    field: 'myRole(room: "ROOM")',
    rule: signedIn((role) => (['guest', 'member', 'host'].includes(role) ? 'done' : 'null')),
  },
  reports: { field: 'reports(room: "ROOM", first: 5) { reasons }', rule: hostsAndModerators },
  auditLog: { field: 'auditLog(room: "ROOM", first: 5) { action }', rule: hostsAndModerators },
  members: { field: 'members(room: "ROOM", first: 5) { edges { node { username } } }', rule: hosts },
  invites: { field: 'invites(room: "ROOM") { usesLeft }', rule: hosts },
};

export const MUTATIONS: Readonly<Record<string, Row>> = {
  sendChat: {
    field: 'sendChat(input: { clientMessageId: "KEY", room: "ROOM", text: "KEY" }) { text }',
    rule: signedIn(read),
  },
  setTyping: { field: 'setTyping(room: "ROOM", typing: true)', rule: signedIn(read) },
  setEmpathy: {
    field: 'setEmpathy(chatId: "CHAT", empathy: HUG) { text }',
    rule: signedIn((role, v) => (role === 'member' ? 'FORBIDDEN' : read(role, v))),
  },
  setFeeling: { field: 'setFeeling(id: "CHAT", feeling: JOY) { text }', rule: only((role) => role === 'member') },
  reportChat: { field: 'reportChat(id: "CHAT", reason: "spam")', rule: signedIn(read) },
  takeBack: { field: 'takeBack(id: "CHAT") { hidden }', rule: only((role) => role === 'member'), usesChat: true },
  runInsight: {
    field: 'runInsight(room: "ROOM") { letter }',
    rule: signedIn((role, visibility) => {
      const may = visibility === 'PRIVATE' ? role === 'host' : role === 'moderator';
      // Administrators alone learn that there is no such room.
      return may ? 'done' : role === 'moderator' ? 'NOT_FOUND' : 'FORBIDDEN';
    }),
  },
  dismissReports: { field: 'dismissReports(id: "CHAT")', rule: hostsAndModerators },
  hideChat: { field: 'hideChat(id: "CHAT", reason: "spam") { hidden }', rule: hostsAndModerators, usesChat: true },
  askQuestion: { field: 'askQuestion(room: "ROOM", text: "How are you?") { text }', rule: hostsAndModerators },
  updateRoom: { field: 'updateRoom(id: "ROOM", slowModeSeconds: 0) { title }', rule: hostsAndModerators },
  archiveRoom: {
    field: 'archiveRoom(room: "ROOM", archived: false) { title }',
    rule: (role, visibility) => (role === 'moderator' ? 'done' : hostsAndModerators(role, visibility)),
  },
  createInvite: { field: 'createInvite(room: "ROOM", maxUses: 1) { usesLeft }', rule: hosts },
  revokeInvite: { field: 'revokeInvite(code: "CODE")', rule: hosts },
  setRole: { field: 'setRole(room: "ROOM", username: "minho", role: MEMBER) { role }', rule: hosts },
  removeMember: { field: 'removeMember(room: "ROOM", username: "hana")', rule: hosts },
  subscribePush: { field: `subscribePush(room: "ROOM", subscription: ${PUSH})`, rule: signedIn(read) },
  muteAuthor: { field: 'muteAuthor(chatId: "CHAT", minutes: 5, reason: "spam")', rule: hostsAndModerators },
  unmuteAuthor: { field: 'unmuteAuthor(chatId: "CHAT")', rule: hostsAndModerators },
  createScreenLink: { field: 'createScreenLink(room: "ROOM") { expiresAt }', rule: hosts },
  setScreen: { field: 'setScreen(room: "ROOM", state: SHOW)', rule: hosts },
  // Another title, so that the room stays.
  deleteRoom: { field: 'deleteRoom(room: "ROOM", title: "KEY")', rule: hosts },
  // Last, because guest and member leave.
  leaveRoom: {
    field: 'leaveRoom(room: "ROOM")',
    rule: signedIn(read),
  },
};

/** Fields of Subscription, without their arguments. */
export const SUBSCRIPTIONS: Readonly<Record<string, string>> = {
  newChat: '{ text }',
  chatHidden: '{ id }',
  chatChanged: '{ id }',
  roomActivity: '{ kind }',
  moodChanged: '{ valence }',
  insightReady: '{ id }',
  roomChanged: '{ title }',
};
export const subscriptionRule: Rule = read;
