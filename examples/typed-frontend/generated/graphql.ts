/* eslint-disable */
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** Opaque position in the message log, for newChat(after:) and chats(after:, before:). It contains the epoch of the log and an offset, so a cursor of a previous epoch is recognised as expired. */
  ChatCursor: { input: string; output: string; }
  /** A date-time string at UTC, such as 2007-12-03T10:15:30Z, compliant with the `date-time` format outlined in section 5.6 of the RFC 3339 profile of the ISO 8601 standard for representation of dates and times using the Gregorian calendar.This scalar is serialized to a string in ISO 8601 format and parsed from a string in ISO 8601 format. */
  DateTimeISO: { input: string; output: string; }
  /** The `JSONObject` scalar type represents JSON objects as specified by [ECMA-404](http://www.ecma-international.org/publications/files/ECMA-ST/ECMA-404.pdf). */
  JSONObject: { input: Record<string, unknown>; output: Record<string, unknown>; }
};

/** What a person in a room did. */
export const ActivityKind = {
  /** Entered the room. */
  Joined: 'JOINED',
  /** Left the room. */
  Left: 'LEFT',
  /** Stopped writing or sent the message. */
  StoppedTyping: 'STOPPED_TYPING',
  /** Started writing. */
  Typing: 'TYPING'
} as const;

export type ActivityKind = typeof ActivityKind[keyof typeof ActivityKind];
/** An action that the audit log records. */
export const AuditAction = {
  /** A host or moderator asked a room a question. */
  AskQuestion: 'ASK_QUESTION',
  /** An administrator, or the command line, made a link that sets the password of the account named in details. */
  CreatePasswordReset: 'CREATE_PASSWORD_RESET',
  /** An account was deleted by its owner, or, of a guest, because it was no longer used. */
  DeleteAccount: 'DELETE_ACCOUNT',
  /** A host deleted a room. */
  DeleteRoom: 'DELETE_ROOM',
  /** A host or moderator closed the reports of a message. */
  DismissReports: 'DISMISS_REPORTS',
  /** A host or moderator hid a message. */
  HideChat: 'HIDE_CHAT',
  /** A host or moderator muted the author of a message. */
  MuteAuthor: 'MUTE_AUTHOR',
  /** An account reported a message. */
  ReportChat: 'REPORT_CHAT',
  /** Texts older than RETENTION_DAYS were erased. */
  Retention: 'RETENTION',
  /** A host or moderator ended the mute of the author of a message. */
  UnmuteAuthor: 'UNMUTE_AUTHOR',
  /** A host or moderator changed a room. */
  UpdateRoom: 'UPDATE_ROOM'
} as const;

export type AuditAction = typeof AuditAction[keyof typeof AuditAction];
/** An entry of the audit log. */
export type AuditEntry = {
  __typename?: 'AuditEntry';
  /** The action. */
  action: AuditAction;
  /** Username of the acting account at that time; empty for the service itself, and for who reported a message. */
  actor: Scalars['String']['output'];
  /** When the action happened. */
  at: Scalars['DateTimeISO']['output'];
  /** Reason given, or new value. */
  details: Scalars['String']['output'];
  /** Id for auditLog(before:). */
  id: Scalars['ID']['output'];
  /** Id of the room that the action belongs to; null if there is none. */
  room?: Maybe<Scalars['ID']['output']>;
  /** Id of the affected message or room; empty if there is none. */
  subject: Scalars['ID']['output'];
};

/** A new pair of tokens. */
export type AuthPayload = {
  __typename?: 'AuthPayload';
  /** Send it as the header "Authorization: Bearer …", and as authorization in the payload of connection_init. */
  accessToken: Scalars['String']['output'];
  /** When the access token expires. */
  accessTokenExpiresAt: Scalars['DateTimeISO']['output'];
  /** Can be used once: each refresh returns the next one. Using an old one again ends the session. */
  refreshToken: Scalars['String']['output'];
  /** The account. */
  user: User;
};

/** One message of a room. */
export type Chat = {
  __typename?: 'Chat';
  /** Id of the question that the message answers; a question of a letter has the id of the letter. */
  answers?: Maybe<Scalars['ID']['output']>;
  /** Author to show: the username, or in an anonymous room the alias of the day. Never an e-mail address or an account id. */
  author: Scalars['String']['output'];
  /** Cursor just after this message. */
  cursor: Scalars['ChatCursor']['output'];
  /** The strongest emotion that the model reads, or null if none is clearly present. */
  dominantEmotion?: Maybe<Emotion>;
  /** Scores of all eight emotions as the local model reads them, in the order of the enum. */
  emotions: Array<EmotionScore>;
  /** How many persons pressed each empathy, in the order of the enum. All zero on a hidden message, and while the store is unavailable. newChat always answers zeros; recentChats, chats, chat and chatChanged answer the current counts. */
  empathies: Array<EmpathyCount>;
  /** What the writer says they feel; null if they leave it to the model. */
  feeling?: Maybe<Emotion>;
  /** Whether the message was hidden by a moderator or erased. It keeps its id, cursor and place; its text is empty. */
  hidden: Scalars['Boolean']['output'];
  /** Never changes and is the same for every reader. */
  id: Scalars['ID']['output'];
  /** Id of the room. */
  room: Scalars['ID']['output'];
  /** When the message was accepted. Never earlier than the previous message. */
  sentAt: Scalars['DateTimeISO']['output'];
  /** The emotion to show: `feeling`, else `dominantEmotion`. */
  shownEmotion?: Maybe<Emotion>;
  /** Text of 1 to 1,000 characters; empty when hidden. */
  text: Scalars['String']['output'];
};

/** A page of a room’s history, newest first. */
export type ChatConnection = {
  __typename?: 'ChatConnection';
  /** The messages with their cursors, newest first. */
  edges: Array<ChatEdge>;
  /** Position of this page in the history. */
  pageInfo: PageInfo;
};

/** A message and its cursor. */
export type ChatEdge = {
  __typename?: 'ChatEdge';
  /** Cursor of the message. */
  cursor: Scalars['ChatCursor']['output'];
  /** The message. */
  node: Chat;
};

/** What only the viewer knows of a message. It is not part of Chat, because a Chat looks the same to everybody. */
export type ChatMark = {
  __typename?: 'ChatMark';
  /** Id of the message. */
  chatId: Scalars['ID']['output'];
  /** What the viewer pressed on it. */
  empathy?: Maybe<Empathy>;
  /** Whether the viewer wrote it. */
  mine: Scalars['Boolean']['output'];
};

/** A numbered page of messages. */
export type ChatPage = {
  __typename?: 'ChatPage';
  /** Whether another page follows. */
  hasMore: Scalars['Boolean']['output'];
  /** The messages, newest first. */
  items: Array<Chat>;
  /** Number of this page, starting at 1. */
  page: Scalars['Int']['output'];
  /** Largest number of messages on a page. */
  pageSize: Scalars['Int']['output'];
};

/** A new room. */
export type CreateRoomInput = {
  /** Whether authors appear under an alias that changes every day. */
  anonymous?: Scalars['Boolean']['input'];
  /** Whether guests may write. */
  guestsMayWrite?: Scalars['Boolean']['input'];
  /** Id of 1 to 40 characters: a-z, 0-9 and "-". Without it a readable random one is made, as every private room gets. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Title of 1 to 80 characters. */
  title: Scalars['String']['input'];
  /** Who may read the room. */
  visibility?: Visibility;
};

/** Emotion of a message: four pleasant ones, then four unpleasant ones. */
export const Emotion = {
  /** Irritation, complaint, disgust. */
  Anger: 'ANGER',
  /** Worry, fear, confusion. */
  Anxiety: 'ANXIETY',
  /** Ease, relief, trust. */
  Calm: 'CALM',
  /** Expectation, curiosity, resolve. */
  Hope: 'HOPE',
  /** Fun, delight, pride. */
  Joy: 'JOY',
  /** Gratitude, care, admiration. */
  Love: 'LOVE',
  /** Grief, disappointment, regret. */
  Sadness: 'SADNESS',
  /** Tiredness, burden, boredom. */
  Weariness: 'WEARINESS'
} as const;

export type Emotion = typeof Emotion[keyof typeof Emotion];
/** How strongly an emotion is present, 0 (absent) to 1 (certain). Scores of different emotions are independent. */
export type EmotionScore = {
  __typename?: 'EmotionScore';
  /** The emotion. */
  emotion: Emotion;
  /** Score from 0 (absent) to 1 (certain). */
  score: Scalars['Float']['output'];
};

/** A kind word that a person presses on a message. Who pressed is answered to nobody but that person. */
export const Empathy = {
  /** I am cheering for you. */
  Cheer: 'CHEER',
  /** A hug. */
  Hug: 'HUG',
  /** I know this too. */
  MeToo: 'ME_TOO'
} as const;

export type Empathy = typeof Empathy[keyof typeof Empathy];
/** How many persons pressed one empathy on a message. */
export type EmpathyCount = {
  __typename?: 'EmpathyCount';
  /** Number of persons. */
  count: Scalars['Int']['output'];
  /** The empathy. */
  empathy: Empathy;
};

/** The analysis of one room over one window of time. */
export type Insight = {
  __typename?: 'Insight';
  /** Number of messages in the window that answered a question which stood in it. */
  answerCount: Scalars['Int']['output'];
  /** When the letter was written. */
  createdAt: Scalars['DateTimeISO']['output'];
  /** Short facts about the window in the language of the letter, most telling first. At most 8; none quotes anybody. */
  facts: Array<Scalars['String']['output']>;
  /** Never changes and is the same for every reader. */
  id: Scalars['ID']['output'];
  /** The letter in Markdown. It quotes no message. */
  letter: Scalars['String']['output'];
  /** The letter in a language, ko or en; null if it was not written in it. */
  letterIn?: Maybe<Scalars['String']['output']>;
  /** Language of the letter: ko or en. */
  locale: Scalars['String']['output'];
  /** Number of messages in the window. */
  messageCount: Scalars['Int']['output'];
  /** Name of the model that wrote the letter, for example gpt-4o-mini, or name and version of the local model. */
  model: Scalars['String']['output'];
  /** The mood of the window. */
  mood: Mood;
  /** Number of accounts that wrote in the window. */
  participantCount: Scalars['Int']['output'];
  /** The question that the letter leaves the room for the day. Notes answer it by the id of the letter. */
  question: Scalars['String']['output'];
  /** Id of the analysed room. */
  room: Scalars['ID']['output'];
  /** True for a scheduled run, false for a run that an administrator started. */
  scheduled: Scalars['Boolean']['output'];
  /** What wrote the letter. */
  source: InsightSource;
  /** Topics of the room, most characteristic first. */
  topics: Array<Scalars['String']['output']>;
  /** End of the window, exclusive. */
  windowEnd: Scalars['DateTimeISO']['output'];
  /** Start of the window, inclusive. */
  windowStart: Scalars['DateTimeISO']['output'];
};


/** The analysis of one room over one window of time. */
export type InsightLetterInArgs = {
  locale: Scalars['String']['input'];
};

/** Analyses of a room, newest first. */
export type InsightConnection = {
  __typename?: 'InsightConnection';
  /** The analyses with their cursors, newest first. */
  edges: Array<InsightEdge>;
  /** Position of this page in the list. */
  pageInfo: InsightPageInfo;
};

/** An analysis and its cursor. */
export type InsightEdge = {
  __typename?: 'InsightEdge';
  /** Cursor for insights(after:). */
  cursor: Scalars['String']['output'];
  /** The analysis. */
  node: Insight;
};

/** Position of a page in the list of analyses. */
export type InsightPageInfo = {
  __typename?: 'InsightPageInfo';
  /** Cursor of the last edge. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether older analyses follow. */
  hasNextPage: Scalars['Boolean']['output'];
};

/** What wrote the letter. */
export const InsightSource = {
  /** The local analyser. No text left the server. */
  Local: 'LOCAL',
  /** A model behind the OpenAI API. */
  Openai: 'OPENAI'
} as const;

export type InsightSource = typeof InsightSource[keyof typeof InsightSource];
/** An invitation to a room: a code to type, or a link with it. */
export type Invite = {
  __typename?: 'Invite';
  /** Code of 8 letters and digits that cannot be mistaken for others. Upper and lower case are the same. */
  code: Scalars['ID']['output'];
  /** When the invitation ends. */
  expiresAt: Scalars['DateTimeISO']['output'];
  /** Id of the room. */
  room: Scalars['ID']['output'];
  /** Link to the page on which people join. */
  url: Scalars['String']['output'];
  /** How many accounts may still join with it; null for any number. */
  usesLeft?: Maybe<Scalars['Int']['output']>;
};

/** What somebody sees of a room before accepting the invitation. */
export type InvitePreview = {
  __typename?: 'InvitePreview';
  /** Whether authors appear under an alias. */
  anonymous: Scalars['Boolean']['output'];
  /** Whether guests may write. */
  guestsMayWrite: Scalars['Boolean']['output'];
  /** Id of the room. */
  room: Scalars['ID']['output'];
  /** Title of the room. */
  title: Scalars['String']['output'];
};

/** Credentials of an account. */
export type LoginInput = {
  /** Username or e-mail address. */
  login: Scalars['String']['input'];
  /** The password of the account. */
  password: Scalars['String']['input'];
};

/** A host or member of a room. */
export type Member = {
  __typename?: 'Member';
  /** What the account is in the room. */
  role: RoomRole;
  /** Start of the membership; in an anonymous room only the day, at 00:00 UTC. */
  since: Scalars['DateTimeISO']['output'];
  /** Username of the account, also in an anonymous room. */
  username: Scalars['String']['output'];
};

/** A page of members, longest membership first. */
export type MemberConnection = {
  __typename?: 'MemberConnection';
  /** The members with their cursors. */
  edges: Array<MemberEdge>;
  /** Whether and how the list goes on. */
  pageInfo: InsightPageInfo;
};

/** A member in a page of members. */
export type MemberEdge = {
  __typename?: 'MemberEdge';
  /** Cursor of the member. Use it as `after`. */
  cursor: Scalars['String']['output'];
  /** The member. */
  node: Member;
};

/** The mood of a room over a window of time, computed from every message in it. */
export type Mood = {
  __typename?: 'Mood';
  /** The emotion that stands out, or null if none does. */
  dominantEmotion?: Maybe<Emotion>;
  /** Number of messages in the window. */
  messageCount: Scalars['Int']['output'];
  /** Id of the room; empty for myMood. */
  room: Scalars['ID']['output'];
  /** Share of the messages whose feeling the writer said, 0 to 1; 0 without messages. */
  saidShare: Scalars['Float']['output'];
  /** Mean scores of the messages; all zero when messageCount is 0. */
  scores: Array<EmotionScore>;
  /** Pleasantness from -1 to 1: (P - N) / max(1, P + N), where P is the sum of the mean scores of JOY, LOVE, CALM and HOPE and N is the sum of those of SADNESS, ANGER, ANXIETY and WEARINESS. */
  valence: Scalars['Float']['output'];
  /** End of the window, exclusive. */
  windowEnd: Scalars['DateTimeISO']['output'];
  /** Start of the window, inclusive. */
  windowStart: Scalars['DateTimeISO']['output'];
};

/** Width of a bucket of a timeline. */
export const MoodBucket = {
  /** One day in the time zone of the installation (setting INSIGHT_TZ). */
  Day: 'DAY',
  /** One hour. */
  Hour: 'HOUR'
} as const;

export type MoodBucket = typeof MoodBucket[keyof typeof MoodBucket];
/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type Mutation = {
  __typename?: 'Mutation';
  /** Hosts of the room, and moderators. Archives the room, or opens it again. An archived room refuses messages, empathies and feelings with CONFLICT and does not count in ROOMS_MAX. The room `main` cannot be archived. To a moderator who is no member of a PRIVATE room, the answer says nothing else about it; its title is empty. */
  archiveRoom: Room;
  /** Hosts of the room, and moderators unless it is PRIVATE. Asks the room a question, which stands until the next letter. */
  askQuestion: Question;
  /** Changes the password and ends all other sessions of the account. */
  changePassword: Scalars['Boolean']['output'];
  /** Turns the viewer’s guest account into a full one with the same id, messages and sessions. Refresh the tokens afterwards: the access token has the former name. */
  claimAccount: User;
  /** Hosts of the room only. A room has at most 100 open invitations. */
  createInvite: Invite;
  /** Administrators only. Makes a link that sets a new password, for people without an e-mail address. The audit log records it. */
  createPasswordReset: PasswordReset;
  /** Creates a room and makes the viewer its first host. Every account may, guests may not. */
  createRoom: Room;
  /** Hosts of the room only. A link that shows a PRIVATE room on the screen of a hall for 24 hours. It revokes the link before it. PUBLIC and UNLISTED rooms are shown by their address (CONFLICT). */
  createScreenLink: ScreenLink;
  /** Deletes the account: its sessions, its e-mail address, and either the texts of its messages or their author (setting DELETED_ACCOUNT_TEXTS). This cannot be undone. The username stays reserved. */
  deleteAccount: Scalars['Boolean']['output'];
  /** Hosts only. Deletes the room with its messages, letters, moods, questions, members, invitations, reports and notifications for good. Its id is not given again. The room `main` cannot be deleted. */
  deleteRoom: Scalars['Boolean']['output'];
  /** Hosts of the room, and moderators unless it is PRIVATE and no reporter shows them the message. Closes the reports of a message without changing it. */
  dismissReports: Scalars['Boolean']['output'];
  /** Ends one of the viewer’s sessions. Its tokens stop working and its sockets are closed. */
  endSession: Scalars['Boolean']['output'];
  /** Creates an account without a password under a random name, in Korean or English according to Accept-Language, and opens a session. FORBIDDEN where guests are turned off (setting GUESTS). Guests cannot create rooms and can report few messages. An account that is no longer used is deleted (setting GUEST_DAYS). */
  enterAsGuest: AuthPayload;
  /** Hosts of the room, and moderators unless it is PRIVATE and no reporter shows them the message. Erases the text of a message and closes its reports. This cannot be undone. The message keeps its id, cursor and place. */
  hideChat: Chat;
  /** Makes the viewer a member. Joining again uses nothing up. NOT_FOUND for a code that is not good, and for an account that a host removed. */
  joinRoom: Room;
  /** Ends the viewer’s membership; false if there was none. The last host cannot leave (CONFLICT). */
  leaveRoom: Scalars['Boolean']['output'];
  /** Opens a new session. Other sessions of the account stay open. */
  login: AuthPayload;
  /** Ends the session of the request. Its tokens stop working and its sockets are closed. */
  logout: Scalars['Boolean']['output'];
  /** Ends all sessions of the account, including the one of the request. */
  logoutEverywhere: Scalars['Boolean']['output'];
  /** Hosts of the room, and moderators unless it is PRIVATE and no reporter shows them the message. Mutes the author of the message: in all rooms if a moderator does it, in this room if a host does. The answer is the time at which the mute ends. */
  muteAuthor: Scalars['DateTimeISO']['output'];
  /** Exchanges a refresh token for a new pair of tokens. */
  refresh: AuthPayload;
  /** Creates an account and opens a session. */
  register: AuthPayload;
  /** Hosts of the room only. Ends a membership and revokes all open invitations of the room. Subscriptions of the account to a private room end with FORBIDDEN within a second. It cannot join again until a host names it with setRole. */
  removeMember: Scalars['Boolean']['output'];
  /** Reports a message to the hosts of its room and, unless it is PRIVATE, to the moderators. Every account may report a message once. With `alsoModerators` the moderators see and decide about this one message of a PRIVATE room, too. */
  reportChat: Scalars['Boolean']['output'];
  /** Sends a link for a new password to the e-mail address of the account, if the account exists and has one and a mail server is set up (setting SMTP_URL). The link works once, for one hour. The mail is in Korean or English, according to Accept-Language. The answer is always true. */
  requestPasswordReset: Scalars['Boolean']['output'];
  /** Sets a new password and opens a session. All other sessions of the account end, and all its links are used up. A password that is refused does not use the link up. */
  resetPassword: AuthPayload;
  /** Hosts of the room only. Ends an invitation. NOT_FOUND for a code that is not good. */
  revokeInvite: Scalars['Boolean']['output'];
  /** Administrators only (setting ADMINS), or hosts of the room if it is private. Analyses the time since the last scheduled window. The schedule does not change. */
  runInsight: Insight;
  /** Sends a message. The answer means that the message is stored durably: it survives kill -9 of every process of the service. */
  sendChat: Chat;
  /** Presses an empathy on a message: one for each person and message; null takes it away, and the same again changes nothing. FORBIDDEN on a message of the viewer, NOT_FOUND on a hidden one. After UNAVAILABLE it may be repeated. */
  setEmpathy: Chat;
  /** Says or changes what the viewer felt when sending a message, within FEELING_WINDOW (10 minutes by default) of sending; later it is CONFLICT. The mood follows and counts the message once. A message of somebody else is FORBIDDEN. */
  setFeeling: Chat;
  /** Hosts of the room only. Changes the role of a member, or lets a removed account in again; another account is NOT_FOUND. The last host stays one, and a guest cannot be a host (CONFLICT). Administrators may name the host of a room that has none and is not private. */
  setRole: Member;
  /** Hosts only. Changes what screens of the room show. */
  setScreen: Scalars['Boolean']['output'];
  /** Shows the room that the viewer is writing or has stopped. The state expires after a few seconds. */
  setTyping: Scalars['Boolean']['output'];
  /** Notifies a browser when a letter of the room arrives, in Korean or English according to Accept-Language: once a day at most, and not from 22:00 to 7:00 (time zone of INSIGHT_TZ). The notification contains no message. The endpoint belongs to the account that subscribed it last. FORBIDDEN where notifications are not set up. */
  subscribePush: Scalars['Boolean']['output'];
  /** Erases a message of the viewer for good, at any time: the text is erased everywhere, and a tombstone keeps id, cursor and place. Taking it back again changes nothing. A message of somebody else is FORBIDDEN. */
  takeBack: Chat;
  /** Hosts of the room, and moderators unless it is PRIVATE and no reporter shows them the message. Ends the mute of the author of the message. */
  unmuteAuthor: Scalars['Boolean']['output'];
  /** Ends the notifications of a browser, for all rooms. False if the viewer has not subscribed the endpoint. */
  unsubscribePush: Scalars['Boolean']['output'];
  /** Hosts of the room, and moderators unless it is PRIVATE. Changes the room. What is not given stays as it is. PUBLIC or UNLISTED to PRIVATE, which hosts alone may, ends the subscriptions of non-members. A room that was ever PRIVATE and has a message never becomes PUBLIC or UNLISTED, and `main` stays PUBLIC (CONFLICT). */
  updateRoom: Room;
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationArchiveRoomArgs = {
  archived: Scalars['Boolean']['input'];
  room: Scalars['ID']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationAskQuestionArgs = {
  room: Scalars['ID']['input'];
  text: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationChangePasswordArgs = {
  currentPassword: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationClaimAccountArgs = {
  input: RegisterInput;
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationCreateInviteArgs = {
  expiresInHours?: Scalars['Int']['input'];
  maxUses?: InputMaybe<Scalars['Int']['input']>;
  room: Scalars['ID']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationCreatePasswordResetArgs = {
  username: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationCreateRoomArgs = {
  input: CreateRoomInput;
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationCreateScreenLinkArgs = {
  room: Scalars['ID']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationDeleteAccountArgs = {
  password: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationDeleteRoomArgs = {
  room: Scalars['ID']['input'];
  title: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationDismissReportsArgs = {
  id: Scalars['ID']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationEndSessionArgs = {
  id: Scalars['ID']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationEnterAsGuestArgs = {
  invite?: InputMaybe<Scalars['ID']['input']>;
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationHideChatArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationJoinRoomArgs = {
  code: Scalars['ID']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationLeaveRoomArgs = {
  room: Scalars['ID']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationLoginArgs = {
  input: LoginInput;
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationMuteAuthorArgs = {
  chatId: Scalars['ID']['input'];
  minutes: Scalars['Int']['input'];
  reason: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationRefreshArgs = {
  refreshToken: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationRegisterArgs = {
  input: RegisterInput;
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationRemoveMemberArgs = {
  room: Scalars['ID']['input'];
  username: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationReportChatArgs = {
  alsoModerators?: Scalars['Boolean']['input'];
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationRequestPasswordResetArgs = {
  login: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationResetPasswordArgs = {
  newPassword: Scalars['String']['input'];
  token: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationRevokeInviteArgs = {
  code: Scalars['ID']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationRunInsightArgs = {
  room?: Scalars['ID']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationSendChatArgs = {
  input: SendChatInput;
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationSetEmpathyArgs = {
  chatId: Scalars['ID']['input'];
  empathy?: InputMaybe<Empathy>;
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationSetFeelingArgs = {
  feeling?: InputMaybe<Emotion>;
  id: Scalars['ID']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationSetRoleArgs = {
  role: RoomRole;
  room: Scalars['ID']['input'];
  username: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationSetScreenArgs = {
  room: Scalars['ID']['input'];
  state: ScreenState;
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationSetTypingArgs = {
  room?: Scalars['ID']['input'];
  typing: Scalars['Boolean']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationSubscribePushArgs = {
  room?: Scalars['ID']['input'];
  subscription: PushInput;
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationTakeBackArgs = {
  id: Scalars['ID']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationUnmuteAuthorArgs = {
  chatId: Scalars['ID']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationUnsubscribePushArgs = {
  endpoint: Scalars['String']['input'];
};


/** Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
export type MutationUpdateRoomArgs = {
  guestsMayWrite?: InputMaybe<Scalars['Boolean']['input']>;
  id: Scalars['ID']['input'];
  letterByModel?: InputMaybe<Scalars['Boolean']['input']>;
  ownWords?: InputMaybe<Array<Scalars['String']['input']>>;
  slowModeSeconds?: InputMaybe<Scalars['Int']['input']>;
  title?: InputMaybe<Scalars['String']['input']>;
  visibility?: InputMaybe<Visibility>;
  wordFilter?: InputMaybe<WordFilter>;
};

/** Position of a page in the list, as defined by Relay. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last edge. */
  endCursor?: Maybe<Scalars['ChatCursor']['output']>;
  /** Whether older messages follow. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether newer messages precede. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first edge. */
  startCursor?: Maybe<Scalars['ChatCursor']['output']>;
};

/** A link that sets a new password once. */
export type PasswordReset = {
  __typename?: 'PasswordReset';
  /** When the link expires, one hour after it was made. */
  expiresAt: Scalars['DateTimeISO']['output'];
  /** Address of the page that asks for the new password. It is answered only once. */
  url: Scalars['String']['output'];
};

/** A push subscription of a browser, as its PushManager hands it out. */
export type PushInput = {
  /** Secret of the browser: 16 bytes in base64url. */
  auth: Scalars['String']['input'];
  /** https URL of a known push service (setting PUSH_HOSTS). */
  endpoint: Scalars['String']['input'];
  /** Public key of the browser: an uncompressed point of P-256 in base64url. */
  p256dh: Scalars['String']['input'];
};

/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type Query = {
  __typename?: 'Query';
  /** The audit log, newest entry first: with `room`, entries of the room, for its hosts and, unless it is PRIVATE, for moderators; without it, all entries except those of PRIVATE rooms, for moderators. */
  auditLog: Array<AuditEntry>;
  /** Name that the viewer’s messages in the room show today: the username, or in an anonymous room the alias of the day. */
  authorName: Scalars['String']['output'];
  /** Public where the room is. A message by its id; null if there is none that the viewer can read. */
  chat?: Maybe<Chat>;
  /** Messages of the viewer from all rooms, newest first. */
  chatLogs: ChatPage;
  /** What the viewer knows of messages: one mark for each id, in the same order. Unknown ids are not mine and have no empathy. */
  chatMarks: Array<ChatMark>;
  /** Public where the room is. History of a room as a Relay connection, newest first: forward pages go back in time. Without first and last the answer is the newest 20. */
  chats: ChatConnection;
  /** The viewer’s account, sessions, memberships and messages as JSON. Messages are newest first, 1,000 a page; hasMore says whether another page follows. Reports and mutes are not included. */
  exportMyData: Scalars['JSONObject']['output'];
  /** Public where the room is. The newest scheduled analysis of a room, or null before the first one. */
  insight?: Maybe<Insight>;
  /** Public where the room is. One analysis by its id, however old; null if there is none that the viewer can read. */
  insightById?: Maybe<Insight>;
  /** Public where the room is. Scheduled analyses of a room, newest first. */
  insights: InsightConnection;
  /** Public. What somebody sees before accepting. Null when the code is unknown, used up, expired or revoked: the four are not told apart. RATE_LIMITED after many wrong codes (setting RATE_INVITES_PER_ADDRESS). */
  invitePreview?: Maybe<InvitePreview>;
  /** Hosts of the room only. Its open invitations, newest first. */
  invites: Array<Invite>;
  /** The viewer’s account, or null without a token. An invalid or expired token fails every operation with UNAUTHENTICATED, except those that lead to a valid one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword. */
  me?: Maybe<User>;
  /** Hosts of the room only. Its hosts and members, longest membership first; in anonymous rooms too. */
  members: MemberConnection;
  /** Public where the room is. The mood of a room over the last `minutes` whole minutes, including the current one. */
  mood: Mood;
  /** Public where the room is. The mood of a room per bucket, oldest first, including empty buckets. At most 2,400 buckets. */
  moodTimeline: Array<Mood>;
  /** The mood of the viewer’s own messages in all rooms, one Mood per day, oldest first. Its room is the empty string. */
  myMood: Array<Mood>;
  /** The viewer’s role in the room, or null. */
  myRole?: Maybe<RoomRole>;
  /** Rooms in which the viewer is host or member, newest membership first. */
  myRooms: Array<Room>;
  /** Public. The VAPID key that a browser needs for subscribing to notifications, in base64url; null where they are not set up (setting PUSH_CONTACT). */
  pushKey?: Maybe<Scalars['String']['output']>;
  /** Public where the room is. The newest messages of a room and the cursor just after them. */
  recentChats: RecentChats;
  /** Messages with open reports, oldest report first: with `room`, those of the room, for its hosts and, unless it is PRIVATE, for moderators; without it, for moderators, those of all rooms that are not PRIVATE and those that a reporter shows them. */
  reports: Array<ReportedChat>;
  /** Public where the room is. The room, or null if there is none for this viewer. */
  room?: Maybe<Room>;
  /** All PUBLIC rooms, oldest first. */
  rooms: Array<Room>;
  /** Open sessions of the viewer, oldest first. */
  sessions: Array<Session>;
  /** Whether the username is free. */
  usernameAvailable: Scalars['Boolean']['output'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryAuditLogArgs = {
  before?: InputMaybe<Scalars['ID']['input']>;
  first?: Scalars['Int']['input'];
  room?: InputMaybe<Scalars['ID']['input']>;
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryAuthorNameArgs = {
  room?: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryChatArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryChatLogsArgs = {
  page?: Scalars['Int']['input'];
  pageSize?: Scalars['Int']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryChatMarksArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryChatsArgs = {
  after?: InputMaybe<Scalars['ChatCursor']['input']>;
  before?: InputMaybe<Scalars['ChatCursor']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  room?: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryExportMyDataArgs = {
  page?: Scalars['Int']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryInsightArgs = {
  room?: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryInsightByIdArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryInsightsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  room?: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryInvitePreviewArgs = {
  code: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryInvitesArgs = {
  room: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  room: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryMoodArgs = {
  minutes?: Scalars['Int']['input'];
  room?: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryMoodTimelineArgs = {
  bucket?: MoodBucket;
  from: Scalars['DateTimeISO']['input'];
  room?: Scalars['ID']['input'];
  to: Scalars['DateTimeISO']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryMyMoodArgs = {
  days?: Scalars['Int']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryMyRoleArgs = {
  room: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryRecentChatsArgs = {
  first?: Scalars['Int']['input'];
  room?: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryReportsArgs = {
  first?: Scalars['Int']['input'];
  room?: InputMaybe<Scalars['ID']['input']>;
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryRoomArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries. */
export type QueryUsernameAvailableArgs = {
  username: Scalars['String']['input'];
};

/** A question to a room. It stands above the notes until the next one. */
export type Question = {
  __typename?: 'Question';
  /** When it was asked. */
  askedAt: Scalars['DateTimeISO']['output'];
  /** Id to answer it by. The question of a letter has the id of the letter. */
  id: Scalars['ID']['output'];
  /** Id of the room. */
  room: Scalars['ID']['output'];
  /** Text of 1 to 200 characters on one line. */
  text: Scalars['String']['output'];
};

/** The newest messages of a room, oldest first, and the cursor just after them. A subscription to newChat from that cursor misses nothing. */
export type RecentChats = {
  __typename?: 'RecentChats';
  /** Cursor for newChat(after:). */
  cursor: Scalars['ChatCursor']['output'];
  /** The messages, oldest first. */
  items: Array<Chat>;
};

/** A new account. */
export type RegisterInput = {
  /** Optional e-mail address. It can be used for logging in and is only shown to its owner. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** 8 to 72 bytes in UTF-8 after NFC, with at least one letter and one digit. */
  password: Scalars['String']['input'];
  /** 3 to 20 characters: ASCII letters, digits, "_" or Hangul syllables; or 2 Hangul syllables. */
  username: Scalars['String']['input'];
};

/** A reported message, as hosts and moderators see it. */
export type ReportedChat = {
  __typename?: 'ReportedChat';
  /** The message as it is now. */
  chat: Chat;
  /** Reasons of the reports, oldest first. The reporters are not shown. */
  reasons: Array<Scalars['String']['output']>;
  /** When the message was first reported. */
  reportedAt: Scalars['DateTimeISO']['output'];
};

/** A room: a wall of messages. */
export type Room = {
  __typename?: 'Room';
  /** Whether authors appear under an alias, which changes every day and cannot be linked to the account. */
  anonymous: Scalars['Boolean']['output'];
  /** Whether the room is archived: it is still read by those who could, and no longer written to. */
  archived: Scalars['Boolean']['output'];
  /** Whether accounts made by enterAsGuest may write. */
  guestsMayWrite: Scalars['Boolean']['output'];
  /** Id of 1 to 40 characters: a-z, 0-9 and "-". The room `main` always exists and is anonymous. */
  id: Scalars['ID']['output'];
  /** Whether a language model outside may write the letter of a PRIVATE room; answered to hosts, else false. */
  letterByModel: Scalars['Boolean']['output'];
  /** Number of people in the room now. */
  online: Scalars['Int']['output'];
  /** Words that the hosts do not want, besides the built-in list; answered to hosts, else empty. */
  ownWords: Array<Scalars['String']['output']>;
  /** The question that stands above the notes now; null before the first. */
  question?: Maybe<Question>;
  /** What screens of the room show. */
  screen: ScreenState;
  /** Seconds that an author has to wait between two messages; 0: slow mode is off. */
  slowModeSeconds: Scalars['Int']['output'];
  /** Title of the room. */
  title: Scalars['String']['output'];
  /** Who finds and reads the room. */
  visibility: Visibility;
  /** What happens to words on the list of insults. */
  wordFilter: WordFilter;
};

/** A person entered, left, or is writing. */
export type RoomActivity = {
  __typename?: 'RoomActivity';
  /** Username or alias as in Chat.author. JOINED and LEFT have null in an anonymous room, and for a reader without a session. */
  author?: Maybe<Scalars['String']['output']>;
  /** What happened. */
  kind: ActivityKind;
  /** Number of people in the room now. */
  online: Scalars['Int']['output'];
  /** Id of the room. */
  room: Scalars['ID']['output'];
};

/** What an account is in a room. */
export const RoomRole = {
  /** Looks after the room: settings, members, invitations, reports. */
  Host: 'HOST',
  /** Reads and writes in the room, also if it is private. */
  Member: 'MEMBER'
} as const;

export type RoomRole = typeof RoomRole[keyof typeof RoomRole];
/** What open pages need to know of a room; the same for every reader. */
export type RoomState = {
  __typename?: 'RoomState';
  /** Whether the room is archived: it is still read by those who could, and no longer written to. */
  archived: Scalars['Boolean']['output'];
  /** The question that stands in the room; null before the first. */
  question?: Maybe<Question>;
  /** Id of the room. */
  room: Scalars['ID']['output'];
  /** What screens of the room show. */
  screen: ScreenState;
  /** Seconds that an author has to wait between two messages; 0: slow mode is off. */
  slowModeSeconds: Scalars['Int']['output'];
  /** Title of the room. */
  title: Scalars['String']['output'];
  /** What happens to words on the list of insults. */
  wordFilter: WordFilter;
};

/** A link that shows one private room on the screen of a hall, and can do nothing else. */
export type ScreenLink = {
  __typename?: 'ScreenLink';
  /** When the link ends. */
  expiresAt: Scalars['DateTimeISO']['output'];
  /** Address of the screen, with its token behind `#`. Whoever has it reads the room. */
  url: Scalars['String']['output'];
};

/** What screens of a room show. */
export const ScreenState = {
  /** No messages. */
  Blank: 'BLANK',
  /** The messages that were there when it was paused. */
  Pause: 'PAUSE',
  /** The messages as they arrive. */
  Show: 'SHOW'
} as const;

export type ScreenState = typeof ScreenState[keyof typeof ScreenState];
/** A message to send. */
export type SendChatInput = {
  /** Id of the question that this answers. An unknown one, or one of another room, is BAD_USER_INPUT. */
  answers?: InputMaybe<Scalars['ID']['input']>;
  /** Id chosen by the client, unique for the account, 1 to 128 bytes. Sending the same id again returns the first message and stores nothing. */
  clientMessageId: Scalars['ID']['input'];
  /** What the writer feels. It counts in the mood in place of what the model reads. */
  feeling?: InputMaybe<Emotion>;
  /** Id of the room to write to. */
  room?: Scalars['ID']['input'];
  /** Text of 1 to 1,000 characters. Line breaks of all kinds become "\n", tabs become spaces; other control characters are refused. */
  text: Scalars['String']['input'];
};

/** A session of the viewer. */
export type Session = {
  __typename?: 'Session';
  /** When the session was opened. */
  createdAt: Scalars['DateTimeISO']['output'];
  /** Whether it is the session of the request. */
  current: Scalars['Boolean']['output'];
  /** When the session ends unless it is refreshed. */
  expiresAt: Scalars['DateTimeISO']['output'];
  /** Id for endSession. */
  id: Scalars['ID']['output'];
};

/** Streams of events over WebSocket or server-sent events. A token is optional. */
export type Subscription = {
  __typename?: 'Subscription';
  /** Public. Each message of the room whose text, feeling or empathies changed, as it is now. At most two events a second for one message: the newest state wins. Best effort: events during a broken connection are lost, so load the messages again. */
  chatChanged: Chat;
  /**
   * Public. Each message of the room that is hidden or erased, with the same id and an empty text. Best effort: events during a broken connection are lost, so load the messages again.
   * @deprecated Use chatChanged, which also has these messages. Removed on 2027-06-01.
   */
  chatHidden: Chat;
  /** Public. Each scheduled analysis when it is stored. */
  insightReady: Insight;
  /** Public. The mood of the last hour when it changes, at most once a second. */
  moodChanged: Mood;
  /** Public. Every message of the room, in order, without gaps or duplicates. With `after`, the messages since that cursor come first. The error CURSOR_EXPIRED means that these can no longer be replayed in full: load recentChats again. */
  newChat: Chat;
  /** Public. Joins, leaves and typing, never unsent text. Best effort: only the newest state is delivered. */
  roomActivity: RoomActivity;
  /** Public. The state of the room when it changes: its settings and the question that stands in it. Best effort: after a broken connection, load the room again. */
  roomChanged: RoomState;
};


/** Streams of events over WebSocket or server-sent events. A token is optional. */
export type SubscriptionChatChangedArgs = {
  room?: Scalars['ID']['input'];
};


/** Streams of events over WebSocket or server-sent events. A token is optional. */
export type SubscriptionChatHiddenArgs = {
  room?: Scalars['ID']['input'];
};


/** Streams of events over WebSocket or server-sent events. A token is optional. */
export type SubscriptionInsightReadyArgs = {
  room?: Scalars['ID']['input'];
};


/** Streams of events over WebSocket or server-sent events. A token is optional. */
export type SubscriptionMoodChangedArgs = {
  room?: Scalars['ID']['input'];
};


/** Streams of events over WebSocket or server-sent events. A token is optional. */
export type SubscriptionNewChatArgs = {
  after?: InputMaybe<Scalars['ChatCursor']['input']>;
  room?: Scalars['ID']['input'];
};


/** Streams of events over WebSocket or server-sent events. A token is optional. */
export type SubscriptionRoomActivityArgs = {
  room?: Scalars['ID']['input'];
};


/** Streams of events over WebSocket or server-sent events. A token is optional. */
export type SubscriptionRoomChangedArgs = {
  room?: Scalars['ID']['input'];
};

/** An account, as its owner sees it. */
export type User = {
  __typename?: 'User';
  /** E-mail address, only shown to its owner. */
  email?: Maybe<Scalars['String']['output']>;
  /** Never changes. */
  id: Scalars['ID']['output'];
  /** Whether the account is an administrator, who may run an analysis by hand (setting ADMINS). */
  isAdmin: Scalars['Boolean']['output'];
  /** Whether enterAsGuest made the account and claimAccount has not been used. */
  isGuest: Scalars['Boolean']['output'];
  /** Whether the account is a moderator, who may read reports, hide messages, mute authors and change rooms (setting MODERATORS). */
  isModerator: Scalars['Boolean']['output'];
  /** When the account was created. */
  joinedAt: Scalars['DateTimeISO']['output'];
  /** Number of messages that the account has sent. */
  messageCount: Scalars['Int']['output'];
  /** Public name, also used for logging in. 3 to 20 characters after NFKC: ASCII letters, digits, "_" or Hangul syllables; or 2 Hangul syllables. Unique regardless of case. */
  username: Scalars['String']['output'];
};

/** Who finds and reads a room. */
export const Visibility = {
  /** Members alone read and write. To all others the room does not exist. */
  Private: 'PRIVATE',
  /** The room is listed, and anybody reads it. */
  Public: 'PUBLIC',
  /** The room is not listed. Whoever knows its id reads it. */
  Unlisted: 'UNLISTED'
} as const;

export type Visibility = typeof Visibility[keyof typeof Visibility];
/** What happens to words on the list of insults. */
export const WordFilter = {
  /** The words are replaced by asterisks. */
  Mask: 'MASK',
  /** The words are shown. */
  Off: 'OFF',
  /** The message is refused. */
  Refuse: 'REFUSE'
} as const;

export type WordFilter = typeof WordFilter[keyof typeof WordFilter];
export type NoteFragment = { __typename?: 'Chat', id: string, author: string, text: string, sentAt: string, hidden: boolean, shownEmotion?: Emotion | null, empathies: Array<{ __typename?: 'EmpathyCount', empathy: Empathy, count: number }> } & { ' $fragmentName'?: 'NoteFragment' };

export type RecentQueryVariables = Exact<{ [key: string]: never; }>;


export type RecentQuery = { __typename?: 'Query', recentChats: { __typename?: 'RecentChats', cursor: string, items: Array<(
      { __typename?: 'Chat', cursor: string }
      & { ' $fragmentRefs'?: { 'NoteFragment': NoteFragment } }
    )> } };

export type WatchRoomSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['ChatCursor']['input']>;
}>;


export type WatchRoomSubscription = { __typename?: 'Subscription', newChat: (
    { __typename?: 'Chat', cursor: string }
    & { ' $fragmentRefs'?: { 'NoteFragment': NoteFragment } }
  ) };

export type FollowChangesSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type FollowChangesSubscription = { __typename?: 'Subscription', chatChanged: (
    { __typename?: 'Chat', cursor: string }
    & { ' $fragmentRefs'?: { 'NoteFragment': NoteFragment } }
  ) };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { __typename?: 'Mutation', register: { __typename?: 'AuthPayload', accessToken: string } };

export type SendMutationVariables = Exact<{
  input: SendChatInput;
}>;


export type SendMutation = { __typename?: 'Mutation', sendChat: { __typename?: 'Chat', id: string } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const NoteFragmentDoc = new TypedDocumentString(`
    fragment Note on Chat {
  id
  author
  text
  sentAt
  hidden
  shownEmotion
  empathies {
    empathy
    count
  }
}
    `, {"fragmentName":"Note"}) as unknown as TypedDocumentString<NoteFragment, unknown>;
export const RecentDocument = new TypedDocumentString(`
    query Recent {
  recentChats(first: 30) {
    cursor
    items {
      cursor
      ...Note
    }
  }
}
    fragment Note on Chat {
  id
  author
  text
  sentAt
  hidden
  shownEmotion
  empathies {
    empathy
    count
  }
}`, {"hash":"4b7e88922f47c30388a108b3141a5a9802aaf9771167b681879db09394694931"}) as unknown as TypedDocumentString<RecentQuery, RecentQueryVariables>;
export const WatchRoomDocument = new TypedDocumentString(`
    subscription WatchRoom($room: ID!, $after: ChatCursor) {
  newChat(room: $room, after: $after) {
    cursor
    ...Note
  }
}
    fragment Note on Chat {
  id
  author
  text
  sentAt
  hidden
  shownEmotion
  empathies {
    empathy
    count
  }
}`, {"hash":"b741de0dd68a5f8c1cda0787caca249f8954c000f945450495846d08c5bc5160"}) as unknown as TypedDocumentString<WatchRoomSubscription, WatchRoomSubscriptionVariables>;
export const FollowChangesDocument = new TypedDocumentString(`
    subscription FollowChanges($room: ID!) {
  chatChanged(room: $room) {
    cursor
    ...Note
  }
}
    fragment Note on Chat {
  id
  author
  text
  sentAt
  hidden
  shownEmotion
  empathies {
    empathy
    count
  }
}`, {"hash":"fd1fd077bdcfa4489bcdda67d0da162d12b3240050182af701c36527be25b7d2"}) as unknown as TypedDocumentString<FollowChangesSubscription, FollowChangesSubscriptionVariables>;
export const RegisterDocument = new TypedDocumentString(`
    mutation Register($input: RegisterInput!) {
  register(input: $input) {
    accessToken
  }
}
    `, {"hash":"7d6c6588ad1feba60d34e1993a6a481463fd78245dd12802455928a41d987665"}) as unknown as TypedDocumentString<RegisterMutation, RegisterMutationVariables>;
export const SendDocument = new TypedDocumentString(`
    mutation Send($input: SendChatInput!) {
  sendChat(input: $input) {
    id
  }
}
    `, {"hash":"647bce8eb56aa1372613e2081cf64cb5585253e54f1fe9a06dd68aee40c3a7a5"}) as unknown as TypedDocumentString<SendMutation, SendMutationVariables>;