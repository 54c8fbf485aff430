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
export type AuthFieldsFragment = { __typename?: 'AuthPayload', accessToken: string, refreshToken: string, user: { __typename?: 'User', id: string, username: string, isGuest: boolean } } & { ' $fragmentName'?: 'AuthFieldsFragment' };

export type NoteFieldsFragment = { __typename?: 'Chat', id: string, cursor: string, author: string, text: string, sentAt: string, dominantEmotion?: Emotion | null, feeling?: Emotion | null, shownEmotion?: Emotion | null, answers?: string | null, hidden: boolean, empathies: Array<{ __typename?: 'EmpathyCount', empathy: Empathy, count: number }> } & { ' $fragmentName'?: 'NoteFieldsFragment' };

export type MoodFieldsFragment = { __typename?: 'Mood', windowStart: string, windowEnd: string, messageCount: number, dominantEmotion?: Emotion | null, valence: number, scores: Array<{ __typename?: 'EmotionScore', emotion: Emotion, score: number }> } & { ' $fragmentName'?: 'MoodFieldsFragment' };

export type LetterFieldsFragment = { __typename?: 'Insight', id: string, room: string, windowStart: string, letter: string, locale: string, facts: Array<string>, topics: Array<string>, question: string, answerCount: number, messageCount: number, participantCount: number, scheduled: boolean, source: InsightSource, model: string, ko?: string | null, en?: string | null, mood: { __typename?: 'Mood', messageCount: number, dominantEmotion?: Emotion | null, scores: Array<{ __typename?: 'EmotionScore', emotion: Emotion, score: number }> } } & { ' $fragmentName'?: 'LetterFieldsFragment' };

export type RecentQueryVariables = Exact<{
  room: Scalars['ID']['input'];
  first: Scalars['Int']['input'];
}>;


export type RecentQuery = { __typename?: 'Query', recentChats: { __typename?: 'RecentChats', cursor: string, items: Array<(
      { __typename?: 'Chat', cursor: string }
      & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
    )> } };

export type OlderQueryVariables = Exact<{
  room: Scalars['ID']['input'];
  after: Scalars['ChatCursor']['input'];
}>;


export type OlderQuery = { __typename?: 'Query', chats: { __typename?: 'ChatConnection', edges: Array<{ __typename?: 'ChatEdge', node: (
        { __typename?: 'Chat' }
        & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
      ) }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean } } };

export type NewerQueryVariables = Exact<{
  room: Scalars['ID']['input'];
  before: Scalars['ChatCursor']['input'];
}>;


export type NewerQuery = { __typename?: 'Query', chats: { __typename?: 'ChatConnection', edges: Array<{ __typename?: 'ChatEdge', node: (
        { __typename?: 'Chat' }
        & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
      ) }> } };

export type NotesBetweenQueryVariables = Exact<{
  room: Scalars['ID']['input'];
  first: Scalars['ID']['input'];
  afterFirst: Scalars['ChatCursor']['input'];
  last: Scalars['ID']['input'];
  afterLast: Scalars['ChatCursor']['input'];
  half: Scalars['Int']['input'];
}>;


export type NotesBetweenQuery = { __typename?: 'Query', first?: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
  ) | null, newer: { __typename?: 'ChatConnection', edges: Array<{ __typename?: 'ChatEdge', node: (
        { __typename?: 'Chat' }
        & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
      ) }> }, older: { __typename?: 'ChatConnection', edges: Array<{ __typename?: 'ChatEdge', node: (
        { __typename?: 'Chat' }
        & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
      ) }> }, last?: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
  ) | null };

export type MarksQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type MarksQuery = { __typename?: 'Query', chatMarks: Array<{ __typename?: 'ChatMark', chatId: string, mine: boolean, empathy?: Empathy | null }> };

export type AuthorNameQueryVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type AuthorNameQuery = { __typename?: 'Query', authorName: string };

export type RoomsQueryVariables = Exact<{ [key: string]: never; }>;


export type RoomsQuery = { __typename?: 'Query', rooms: Array<(
    { __typename?: 'Room', id: string }
    & { ' $fragmentRefs'?: { 'RoomFieldsFragment': RoomFieldsFragment } }
  )> };

export type RoomTitleQueryVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type RoomTitleQuery = { __typename?: 'Query', room?: { __typename?: 'Room', id: string, title: string } | null };

export type LastHourQueryVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type LastHourQuery = { __typename?: 'Query', mood: (
    { __typename?: 'Mood' }
    & { ' $fragmentRefs'?: { 'MoodFieldsFragment': MoodFieldsFragment } }
  ) };

export type TimelineQueryVariables = Exact<{
  room: Scalars['ID']['input'];
  from: Scalars['DateTimeISO']['input'];
  to: Scalars['DateTimeISO']['input'];
  bucket: MoodBucket;
}>;


export type TimelineQuery = { __typename?: 'Query', moodTimeline: Array<(
    { __typename?: 'Mood' }
    & { ' $fragmentRefs'?: { 'MoodFieldsFragment': MoodFieldsFragment } }
  )> };

export type LettersQueryVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LettersQuery = { __typename?: 'Query', insights: { __typename?: 'InsightConnection', edges: Array<{ __typename?: 'InsightEdge', node: { __typename?: 'Insight', id: string, windowStart: string, topics: Array<string>, mood: (
          { __typename?: 'Mood', dominantEmotion?: Emotion | null, messageCount: number }
          & { ' $fragmentRefs'?: { 'MoodFieldsFragment': MoodFieldsFragment } }
        ) } }>, pageInfo: { __typename?: 'InsightPageInfo', hasNextPage: boolean, endCursor?: string | null } } };

export type LetterQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type LetterQuery = { __typename?: 'Query', insightById?: (
    { __typename?: 'Insight', id: string }
    & { ' $fragmentRefs'?: { 'LetterFieldsFragment': LetterFieldsFragment } }
  ) | null };

export type LatestLetterQueryVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type LatestLetterQuery = { __typename?: 'Query', insight?: { __typename?: 'Insight', id: string } | null };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { __typename?: 'Query', me?: { __typename?: 'User', username: string, email?: string | null, joinedAt: string, messageCount: number, isAdmin: boolean, isModerator: boolean } | null };

export type MyMoodQueryVariables = Exact<{ [key: string]: never; }>;


export type MyMoodQuery = { __typename?: 'Query', myMood: Array<(
    { __typename?: 'Mood' }
    & { ' $fragmentRefs'?: { 'MoodFieldsFragment': MoodFieldsFragment } }
  )> };

export type MyNotesQueryVariables = Exact<{
  page: Scalars['Int']['input'];
}>;


export type MyNotesQuery = { __typename?: 'Query', chatLogs: { __typename?: 'ChatPage', hasMore: boolean, items: Array<(
      { __typename?: 'Chat', id: string }
      & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
    )> } };

export type UsernameAvailableQueryVariables = Exact<{
  username: Scalars['String']['input'];
}>;


export type UsernameAvailableQuery = { __typename?: 'Query', usernameAvailable: boolean };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { __typename?: 'Mutation', register: (
    { __typename?: 'AuthPayload' }
    & { ' $fragmentRefs'?: { 'AuthFieldsFragment': AuthFieldsFragment } }
  ) };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { __typename?: 'Mutation', login: (
    { __typename?: 'AuthPayload' }
    & { ' $fragmentRefs'?: { 'AuthFieldsFragment': AuthFieldsFragment } }
  ) };

export type EnterAsGuestMutationVariables = Exact<{ [key: string]: never; }>;


export type EnterAsGuestMutation = { __typename?: 'Mutation', enterAsGuest: (
    { __typename?: 'AuthPayload' }
    & { ' $fragmentRefs'?: { 'AuthFieldsFragment': AuthFieldsFragment } }
  ) };

export type ClaimAccountMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type ClaimAccountMutation = { __typename?: 'Mutation', claimAccount: { __typename?: 'User', id: string } };

export type RequestPasswordResetMutationVariables = Exact<{
  login: Scalars['String']['input'];
}>;


export type RequestPasswordResetMutation = { __typename?: 'Mutation', requestPasswordReset: boolean };

export type ResetPasswordMutationVariables = Exact<{
  token: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
}>;


export type ResetPasswordMutation = { __typename?: 'Mutation', resetPassword: (
    { __typename?: 'AuthPayload' }
    & { ' $fragmentRefs'?: { 'AuthFieldsFragment': AuthFieldsFragment } }
  ) };

export type CreatePasswordResetMutationVariables = Exact<{
  username: Scalars['String']['input'];
}>;


export type CreatePasswordResetMutation = { __typename?: 'Mutation', createPasswordReset: { __typename?: 'PasswordReset', url: string, expiresAt: string } };

export type ChangePasswordMutationVariables = Exact<{
  currentPassword: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
}>;


export type ChangePasswordMutation = { __typename?: 'Mutation', changePassword: boolean };

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = { __typename?: 'Query', sessions: Array<{ __typename?: 'Session', id: string, createdAt: string, expiresAt: string, current: boolean }> };

export type EndSessionMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type EndSessionMutation = { __typename?: 'Mutation', endSession: boolean };

export type ExportMyDataQueryVariables = Exact<{
  page: Scalars['Int']['input'];
}>;


export type ExportMyDataQuery = { __typename?: 'Query', exportMyData: Record<string, unknown> };

export type DeleteAccountMutationVariables = Exact<{
  password: Scalars['String']['input'];
}>;


export type DeleteAccountMutation = { __typename?: 'Mutation', deleteAccount: boolean };

export type RefreshMutationVariables = Exact<{
  refreshToken: Scalars['String']['input'];
}>;


export type RefreshMutation = { __typename?: 'Mutation', refresh: (
    { __typename?: 'AuthPayload' }
    & { ' $fragmentRefs'?: { 'AuthFieldsFragment': AuthFieldsFragment } }
  ) };

export type LogoutMutationVariables = Exact<{ [key: string]: never; }>;


export type LogoutMutation = { __typename?: 'Mutation', logout: boolean };

export type LogoutEverywhereMutationVariables = Exact<{ [key: string]: never; }>;


export type LogoutEverywhereMutation = { __typename?: 'Mutation', logoutEverywhere: boolean };

export type SendMutationVariables = Exact<{
  clientMessageId: Scalars['ID']['input'];
  room: Scalars['ID']['input'];
  text: Scalars['String']['input'];
  answers?: InputMaybe<Scalars['ID']['input']>;
  feeling?: InputMaybe<Emotion>;
}>;


export type SendMutation = { __typename?: 'Mutation', sendChat: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
  ) };

export type SetEmpathyMutationVariables = Exact<{
  chatId: Scalars['ID']['input'];
  empathy?: InputMaybe<Empathy>;
}>;


export type SetEmpathyMutation = { __typename?: 'Mutation', setEmpathy: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
  ) };

export type SetFeelingMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  feeling?: InputMaybe<Emotion>;
}>;


export type SetFeelingMutation = { __typename?: 'Mutation', setFeeling: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
  ) };

export type TakeBackMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type TakeBackMutation = { __typename?: 'Mutation', takeBack: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
  ) };

export type TypingMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  typing: Scalars['Boolean']['input'];
}>;


export type TypingMutation = { __typename?: 'Mutation', setTyping: boolean };

export type CreateRoomMutationVariables = Exact<{
  input: CreateRoomInput;
}>;


export type CreateRoomMutation = { __typename?: 'Mutation', createRoom: { __typename?: 'Room', id: string, visibility: Visibility } };

export type ReportMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  alsoModerators: Scalars['Boolean']['input'];
}>;


export type ReportMutation = { __typename?: 'Mutation', reportChat: boolean };

export type HideMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type HideMutation = { __typename?: 'Mutation', hideChat: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
  ) };

export type ReportsQueryVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
}>;


export type ReportsQuery = { __typename?: 'Query', reports: Array<{ __typename?: 'ReportedChat', reportedAt: string, reasons: Array<string>, chat: (
      { __typename?: 'Chat', id: string, room: string }
      & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
    ) }> };

export type MuteMutationVariables = Exact<{
  chatId: Scalars['ID']['input'];
  minutes: Scalars['Int']['input'];
  reason: Scalars['String']['input'];
}>;


export type MuteMutation = { __typename?: 'Mutation', muteAuthor: string };

export type UnmuteMutationVariables = Exact<{
  chatId: Scalars['ID']['input'];
}>;


export type UnmuteMutation = { __typename?: 'Mutation', unmuteAuthor: boolean };

export type AuditLogQueryVariables = Exact<{
  before?: InputMaybe<Scalars['ID']['input']>;
  room?: InputMaybe<Scalars['ID']['input']>;
}>;


export type AuditLogQuery = { __typename?: 'Query', auditLog: Array<{ __typename?: 'AuditEntry', id: string, at: string, actor: string, action: AuditAction, subject: string, details: string }> };

export type DismissMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type DismissMutation = { __typename?: 'Mutation', dismissReports: boolean };

export type RunInsightMutationVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type RunInsightMutation = { __typename?: 'Mutation', runInsight: (
    { __typename?: 'Insight', id: string }
    & { ' $fragmentRefs'?: { 'LetterFieldsFragment': LetterFieldsFragment } }
  ) };

export type WatchRoomSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['ChatCursor']['input']>;
}>;


export type WatchRoomSubscription = { __typename?: 'Subscription', newChat: (
    { __typename?: 'Chat', cursor: string }
    & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
  ) };

export type ActivitySubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type ActivitySubscription = { __typename?: 'Subscription', roomActivity: { __typename?: 'RoomActivity', kind: ActivityKind, author?: string | null, online: number } };

export type ChangedSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type ChangedSubscription = { __typename?: 'Subscription', chatChanged: (
    { __typename?: 'Chat', cursor: string }
    & { ' $fragmentRefs'?: { 'NoteFieldsFragment': NoteFieldsFragment } }
  ) };

export type MoodNowSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type MoodNowSubscription = { __typename?: 'Subscription', moodChanged: (
    { __typename?: 'Mood' }
    & { ' $fragmentRefs'?: { 'MoodFieldsFragment': MoodFieldsFragment } }
  ) };

export type NewLetterSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type NewLetterSubscription = { __typename?: 'Subscription', insightReady: { __typename?: 'Insight', id: string } };

export type QuestionFieldsFragment = { __typename?: 'Question', id: string, room: string, text: string } & { ' $fragmentName'?: 'QuestionFieldsFragment' };

export type RoomQuestionQueryVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type RoomQuestionQuery = { __typename?: 'Query', room?: { __typename?: 'Room', id: string, question?: (
      { __typename?: 'Question', id: string }
      & { ' $fragmentRefs'?: { 'QuestionFieldsFragment': QuestionFieldsFragment } }
    ) | null } | null };

export type AskQuestionMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  text: Scalars['String']['input'];
}>;


export type AskQuestionMutation = { __typename?: 'Mutation', askQuestion: (
    { __typename?: 'Question', id: string }
    & { ' $fragmentRefs'?: { 'QuestionFieldsFragment': QuestionFieldsFragment } }
  ) };

export type RoomChangesSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type RoomChangesSubscription = { __typename?: 'Subscription', roomChanged: { __typename?: 'RoomState', title: string, archived: boolean, question?: (
      { __typename?: 'Question', id: string }
      & { ' $fragmentRefs'?: { 'QuestionFieldsFragment': QuestionFieldsFragment } }
    ) | null } };

export type ReadRoomQueryVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type ReadRoomQuery = { __typename?: 'Query', room?: { __typename?: 'Room', id: string, title: string, online: number, screen: ScreenState, question?: (
      { __typename?: 'Question', id: string }
      & { ' $fragmentRefs'?: { 'QuestionFieldsFragment': QuestionFieldsFragment } }
    ) | null } | null };

export type ReadRoomChangesSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type ReadRoomChangesSubscription = { __typename?: 'Subscription', roomChanged: { __typename?: 'RoomState', title: string, screen: ScreenState, question?: (
      { __typename?: 'Question', id: string }
      & { ' $fragmentRefs'?: { 'QuestionFieldsFragment': QuestionFieldsFragment } }
    ) | null } };

export type PushKeyQueryVariables = Exact<{ [key: string]: never; }>;


export type PushKeyQuery = { __typename?: 'Query', pushKey?: string | null };

export type SubscribePushMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  subscription: PushInput;
}>;


export type SubscribePushMutation = { __typename?: 'Mutation', subscribePush: boolean };

export type UnsubscribePushMutationVariables = Exact<{
  endpoint: Scalars['String']['input'];
}>;


export type UnsubscribePushMutation = { __typename?: 'Mutation', unsubscribePush: boolean };

export type RoomFieldsFragment = { __typename?: 'Room', id: string, title: string, anonymous: boolean, online: number, visibility: Visibility, archived: boolean, guestsMayWrite: boolean } & { ' $fragmentName'?: 'RoomFieldsFragment' };

export type RoomRulesFragment = { __typename?: 'Room', id: string, title: string, anonymous: boolean, visibility: Visibility, archived: boolean, guestsMayWrite: boolean, slowModeSeconds: number, wordFilter: WordFilter, ownWords: Array<string>, letterByModel: boolean, screen: ScreenState } & { ' $fragmentName'?: 'RoomRulesFragment' };

export type MyRoomsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyRoomsQuery = { __typename?: 'Query', myRooms: Array<(
    { __typename?: 'Room', id: string }
    & { ' $fragmentRefs'?: { 'RoomFieldsFragment': RoomFieldsFragment } }
  )> };

export type RoomInfoQueryVariables = Exact<{
  room: Scalars['ID']['input'];
  known: Scalars['Boolean']['input'];
}>;


export type RoomInfoQuery = { __typename?: 'Query', myRole?: RoomRole | null, room?: (
    { __typename?: 'Room', id: string }
    & { ' $fragmentRefs'?: { 'RoomFieldsFragment': RoomFieldsFragment } }
  ) | null };

export type RoomRulesQueryVariables = Exact<{
  room: Scalars['ID']['input'];
  known: Scalars['Boolean']['input'];
}>;


export type RoomRulesQuery = { __typename?: 'Query', myRole?: RoomRole | null, room?: (
    { __typename?: 'Room', id: string }
    & { ' $fragmentRefs'?: { 'RoomRulesFragment': RoomRulesFragment } }
  ) | null };

export type UpdateRoomMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  title?: InputMaybe<Scalars['String']['input']>;
  visibility?: InputMaybe<Visibility>;
  guestsMayWrite?: InputMaybe<Scalars['Boolean']['input']>;
  letterByModel?: InputMaybe<Scalars['Boolean']['input']>;
  slowModeSeconds?: InputMaybe<Scalars['Int']['input']>;
  wordFilter?: InputMaybe<WordFilter>;
  ownWords?: InputMaybe<Array<Scalars['String']['input']> | Scalars['String']['input']>;
}>;


export type UpdateRoomMutation = { __typename?: 'Mutation', updateRoom: (
    { __typename?: 'Room', id: string }
    & { ' $fragmentRefs'?: { 'RoomRulesFragment': RoomRulesFragment } }
  ) };

export type MembersQueryVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type MembersQuery = { __typename?: 'Query', members: { __typename?: 'MemberConnection', edges: Array<{ __typename?: 'MemberEdge', node: { __typename?: 'Member', username: string, role: RoomRole, since: string } }>, pageInfo: { __typename?: 'InsightPageInfo', hasNextPage: boolean, endCursor?: string | null } } };

export type SetRoleMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  username: Scalars['String']['input'];
  role: RoomRole;
}>;


export type SetRoleMutation = { __typename?: 'Mutation', setRole: { __typename?: 'Member', username: string, role: RoomRole, since: string } };

export type RemoveMemberMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  username: Scalars['String']['input'];
}>;


export type RemoveMemberMutation = { __typename?: 'Mutation', removeMember: boolean };

export type LeaveRoomMutationVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type LeaveRoomMutation = { __typename?: 'Mutation', leaveRoom: boolean };

export type InviteFieldsFragment = { __typename?: 'Invite', code: string, url: string, expiresAt: string, usesLeft?: number | null } & { ' $fragmentName'?: 'InviteFieldsFragment' };

export type InvitesQueryVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type InvitesQuery = { __typename?: 'Query', invites: Array<(
    { __typename?: 'Invite', code: string }
    & { ' $fragmentRefs'?: { 'InviteFieldsFragment': InviteFieldsFragment } }
  )> };

export type CreateInviteMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  hours: Scalars['Int']['input'];
  uses?: InputMaybe<Scalars['Int']['input']>;
}>;


export type CreateInviteMutation = { __typename?: 'Mutation', createInvite: (
    { __typename?: 'Invite', code: string }
    & { ' $fragmentRefs'?: { 'InviteFieldsFragment': InviteFieldsFragment } }
  ) };

export type RevokeInviteMutationVariables = Exact<{
  code: Scalars['ID']['input'];
}>;


export type RevokeInviteMutation = { __typename?: 'Mutation', revokeInvite: boolean };

export type InvitePreviewQueryVariables = Exact<{
  code: Scalars['ID']['input'];
}>;


export type InvitePreviewQuery = { __typename?: 'Query', invitePreview?: { __typename?: 'InvitePreview', room: string, title: string, anonymous: boolean, guestsMayWrite: boolean } | null };

export type JoinRoomMutationVariables = Exact<{
  code: Scalars['ID']['input'];
}>;


export type JoinRoomMutation = { __typename?: 'Mutation', joinRoom: { __typename?: 'Room', id: string } };

export type JoinAsGuestMutationVariables = Exact<{
  code: Scalars['ID']['input'];
}>;


export type JoinAsGuestMutation = { __typename?: 'Mutation', enterAsGuest: (
    { __typename?: 'AuthPayload' }
    & { ' $fragmentRefs'?: { 'AuthFieldsFragment': AuthFieldsFragment } }
  ) };

export type ArchiveRoomMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  archived: Scalars['Boolean']['input'];
}>;


export type ArchiveRoomMutation = { __typename?: 'Mutation', archiveRoom: (
    { __typename?: 'Room', id: string }
    & { ' $fragmentRefs'?: { 'RoomRulesFragment': RoomRulesFragment } }
  ) };

export type DeleteRoomMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  title: Scalars['String']['input'];
}>;


export type DeleteRoomMutation = { __typename?: 'Mutation', deleteRoom: boolean };

export type SetScreenMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  state: ScreenState;
}>;


export type SetScreenMutation = { __typename?: 'Mutation', setScreen: boolean };

export type CreateScreenLinkMutationVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type CreateScreenLinkMutation = { __typename?: 'Mutation', createScreenLink: { __typename?: 'ScreenLink', url: string, expiresAt: string } };

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
export const AuthFieldsFragmentDoc = new TypedDocumentString(`
    fragment AuthFields on AuthPayload {
  accessToken
  refreshToken
  user {
    id
    username
    isGuest
  }
}
    `, {"fragmentName":"AuthFields"}) as unknown as TypedDocumentString<AuthFieldsFragment, unknown>;
export const NoteFieldsFragmentDoc = new TypedDocumentString(`
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}
    `, {"fragmentName":"NoteFields"}) as unknown as TypedDocumentString<NoteFieldsFragment, unknown>;
export const MoodFieldsFragmentDoc = new TypedDocumentString(`
    fragment MoodFields on Mood {
  windowStart
  windowEnd
  messageCount
  scores {
    emotion
    score
  }
  dominantEmotion
  valence
}
    `, {"fragmentName":"MoodFields"}) as unknown as TypedDocumentString<MoodFieldsFragment, unknown>;
export const LetterFieldsFragmentDoc = new TypedDocumentString(`
    fragment LetterFields on Insight {
  id
  room
  windowStart
  letter
  locale
  ko: letterIn(locale: "ko")
  en: letterIn(locale: "en")
  facts
  topics
  question
  answerCount
  messageCount
  participantCount
  scheduled
  source
  model
  mood {
    messageCount
    dominantEmotion
    scores {
      emotion
      score
    }
  }
}
    `, {"fragmentName":"LetterFields"}) as unknown as TypedDocumentString<LetterFieldsFragment, unknown>;
export const QuestionFieldsFragmentDoc = new TypedDocumentString(`
    fragment QuestionFields on Question {
  id
  room
  text
}
    `, {"fragmentName":"QuestionFields"}) as unknown as TypedDocumentString<QuestionFieldsFragment, unknown>;
export const RoomFieldsFragmentDoc = new TypedDocumentString(`
    fragment RoomFields on Room {
  id
  title
  anonymous
  online
  visibility
  archived
  guestsMayWrite
}
    `, {"fragmentName":"RoomFields"}) as unknown as TypedDocumentString<RoomFieldsFragment, unknown>;
export const RoomRulesFragmentDoc = new TypedDocumentString(`
    fragment RoomRules on Room {
  id
  title
  anonymous
  visibility
  archived
  guestsMayWrite
  slowModeSeconds
  wordFilter
  ownWords
  letterByModel
  screen
}
    `, {"fragmentName":"RoomRules"}) as unknown as TypedDocumentString<RoomRulesFragment, unknown>;
export const InviteFieldsFragmentDoc = new TypedDocumentString(`
    fragment InviteFields on Invite {
  code
  url
  expiresAt
  usesLeft
}
    `, {"fragmentName":"InviteFields"}) as unknown as TypedDocumentString<InviteFieldsFragment, unknown>;
export const RecentDocument = new TypedDocumentString(`
    query Recent($room: ID!, $first: Int!) {
  recentChats(room: $room, first: $first) {
    cursor
    items {
      cursor
      ...NoteFields
    }
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"21f337c0dd01b9b3d763e22a799758c3560cc782e1aa359b753585ea6e2a1db9"}) as unknown as TypedDocumentString<RecentQuery, RecentQueryVariables>;
export const OlderDocument = new TypedDocumentString(`
    query Older($room: ID!, $after: ChatCursor!) {
  chats(room: $room, first: 40, after: $after) {
    edges {
      node {
        ...NoteFields
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"db6a1f100ef61298743ff12e73690cd701a498bb2bb9e3df93996dbb5f6f144f"}) as unknown as TypedDocumentString<OlderQuery, OlderQueryVariables>;
export const NewerDocument = new TypedDocumentString(`
    query Newer($room: ID!, $before: ChatCursor!) {
  chats(room: $room, last: 40, before: $before) {
    edges {
      node {
        ...NoteFields
      }
    }
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"f86b16b2874b2d66a62a9c4e984b7919ed929700be9cf21ec9df87afb537a57c"}) as unknown as TypedDocumentString<NewerQuery, NewerQueryVariables>;
export const NotesBetweenDocument = new TypedDocumentString(`
    query NotesBetween($room: ID!, $first: ID!, $afterFirst: ChatCursor!, $last: ID!, $afterLast: ChatCursor!, $half: Int!) {
  first: chat(id: $first) {
    ...NoteFields
  }
  newer: chats(room: $room, last: $half, before: $afterFirst) {
    edges {
      node {
        ...NoteFields
      }
    }
  }
  older: chats(room: $room, first: $half, after: $afterLast) {
    edges {
      node {
        ...NoteFields
      }
    }
  }
  last: chat(id: $last) {
    ...NoteFields
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"f331f24f01751ade202f27f6e00c089de14224088ac82831baca9ab546e6c0a3"}) as unknown as TypedDocumentString<NotesBetweenQuery, NotesBetweenQueryVariables>;
export const MarksDocument = new TypedDocumentString(`
    query Marks($ids: [ID!]!) {
  chatMarks(ids: $ids) {
    chatId
    mine
    empathy
  }
}
    `, {"hash":"3bd1b2c60f382ed321a04242feaf491d3bd27f0576da3626810f7f45c3fac3ae"}) as unknown as TypedDocumentString<MarksQuery, MarksQueryVariables>;
export const AuthorNameDocument = new TypedDocumentString(`
    query AuthorName($room: ID!) {
  authorName(room: $room)
}
    `, {"hash":"208cf6e1479fe7990c5d420a7ca7bac16fb5fe6235a649e43ea77d9892e56d40"}) as unknown as TypedDocumentString<AuthorNameQuery, AuthorNameQueryVariables>;
export const RoomsDocument = new TypedDocumentString(`
    query Rooms {
  rooms {
    id
    ...RoomFields
  }
}
    fragment RoomFields on Room {
  id
  title
  anonymous
  online
  visibility
  archived
  guestsMayWrite
}`, {"hash":"9dea53993fac09bd333919b3acc239da50e595f08f8d8767d17f880e9944e903"}) as unknown as TypedDocumentString<RoomsQuery, RoomsQueryVariables>;
export const RoomTitleDocument = new TypedDocumentString(`
    query RoomTitle($room: ID!) {
  room(id: $room) {
    id
    title
  }
}
    `, {"hash":"4adfda0a8158961bdc6e80bb28923f0808a8295b03560595b76f71d2d1ccb8e6"}) as unknown as TypedDocumentString<RoomTitleQuery, RoomTitleQueryVariables>;
export const LastHourDocument = new TypedDocumentString(`
    query LastHour($room: ID!) {
  mood(room: $room, minutes: 60) {
    ...MoodFields
  }
}
    fragment MoodFields on Mood {
  windowStart
  windowEnd
  messageCount
  scores {
    emotion
    score
  }
  dominantEmotion
  valence
}`, {"hash":"698ab1ad115800b89ebe45349185301d523882c1346305382e18cec18a7ee03b"}) as unknown as TypedDocumentString<LastHourQuery, LastHourQueryVariables>;
export const TimelineDocument = new TypedDocumentString(`
    query Timeline($room: ID!, $from: DateTimeISO!, $to: DateTimeISO!, $bucket: MoodBucket!) {
  moodTimeline(room: $room, from: $from, to: $to, bucket: $bucket) {
    ...MoodFields
  }
}
    fragment MoodFields on Mood {
  windowStart
  windowEnd
  messageCount
  scores {
    emotion
    score
  }
  dominantEmotion
  valence
}`, {"hash":"70d601aa5c82d9d748da5b25a70925e74bdfeeaec0a48bdf86debd93e7c1d831"}) as unknown as TypedDocumentString<TimelineQuery, TimelineQueryVariables>;
export const LettersDocument = new TypedDocumentString(`
    query Letters($room: ID!, $after: String) {
  insights(room: $room, first: 30, after: $after) {
    edges {
      node {
        id
        windowStart
        topics
        mood {
          dominantEmotion
          messageCount
          ...MoodFields
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment MoodFields on Mood {
  windowStart
  windowEnd
  messageCount
  scores {
    emotion
    score
  }
  dominantEmotion
  valence
}`, {"hash":"f5a922c7e3a526462626104a1198298130d8a670f69698934ad173a88a618c5c"}) as unknown as TypedDocumentString<LettersQuery, LettersQueryVariables>;
export const LetterDocument = new TypedDocumentString(`
    query Letter($id: ID!) {
  insightById(id: $id) {
    id
    ...LetterFields
  }
}
    fragment LetterFields on Insight {
  id
  room
  windowStart
  letter
  locale
  ko: letterIn(locale: "ko")
  en: letterIn(locale: "en")
  facts
  topics
  question
  answerCount
  messageCount
  participantCount
  scheduled
  source
  model
  mood {
    messageCount
    dominantEmotion
    scores {
      emotion
      score
    }
  }
}`, {"hash":"85466d6074146c0ed23593085f2dea0e6b691473b06a6b24a624a93040ebdfae"}) as unknown as TypedDocumentString<LetterQuery, LetterQueryVariables>;
export const LatestLetterDocument = new TypedDocumentString(`
    query LatestLetter($room: ID!) {
  insight(room: $room) {
    id
  }
}
    `, {"hash":"8880ecae58d0bd9373ed67062cb15ba7e8ffbfcbf649ab02ec67f2401aa05ee0"}) as unknown as TypedDocumentString<LatestLetterQuery, LatestLetterQueryVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    username
    email
    joinedAt
    messageCount
    isAdmin
    isModerator
  }
}
    `, {"hash":"ce1fc2ad10cbb57f1641d4885dc37dbd7c2e9cd9defdfd8b33d7c42dbc71a175"}) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const MyMoodDocument = new TypedDocumentString(`
    query MyMood {
  myMood(days: 30) {
    ...MoodFields
  }
}
    fragment MoodFields on Mood {
  windowStart
  windowEnd
  messageCount
  scores {
    emotion
    score
  }
  dominantEmotion
  valence
}`, {"hash":"a42fea03a3b806f8331fd083d14bda640c5b22ffef1e3a0e592b1cf98633d68f"}) as unknown as TypedDocumentString<MyMoodQuery, MyMoodQueryVariables>;
export const MyNotesDocument = new TypedDocumentString(`
    query MyNotes($page: Int!) {
  chatLogs(page: $page, pageSize: 20) {
    hasMore
    items {
      id
      ...NoteFields
    }
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"274cfa17e7c147cc35de32bdd147327aea3002016dbe4827ebd3553342cffc6d"}) as unknown as TypedDocumentString<MyNotesQuery, MyNotesQueryVariables>;
export const UsernameAvailableDocument = new TypedDocumentString(`
    query UsernameAvailable($username: String!) {
  usernameAvailable(username: $username)
}
    `, {"hash":"5140251786b31a836e485339bbf6a607e60cb654e8ff85cf57b60cf3828ab3a2"}) as unknown as TypedDocumentString<UsernameAvailableQuery, UsernameAvailableQueryVariables>;
export const RegisterDocument = new TypedDocumentString(`
    mutation Register($input: RegisterInput!) {
  register(input: $input) {
    ...AuthFields
  }
}
    fragment AuthFields on AuthPayload {
  accessToken
  refreshToken
  user {
    id
    username
    isGuest
  }
}`, {"hash":"3ac1b63c7f1d9a0f6ce0f6546464a6113b739be96e902d441a0e005fb35c0bc5"}) as unknown as TypedDocumentString<RegisterMutation, RegisterMutationVariables>;
export const LoginDocument = new TypedDocumentString(`
    mutation Login($input: LoginInput!) {
  login(input: $input) {
    ...AuthFields
  }
}
    fragment AuthFields on AuthPayload {
  accessToken
  refreshToken
  user {
    id
    username
    isGuest
  }
}`, {"hash":"176e3b3dd49055be6912bf7c649642981ad7fc90bbc2220b061dd1dfacc57e9f"}) as unknown as TypedDocumentString<LoginMutation, LoginMutationVariables>;
export const EnterAsGuestDocument = new TypedDocumentString(`
    mutation EnterAsGuest {
  enterAsGuest {
    ...AuthFields
  }
}
    fragment AuthFields on AuthPayload {
  accessToken
  refreshToken
  user {
    id
    username
    isGuest
  }
}`, {"hash":"5c9496a3820218eefec15fce81786200732c135a3ac5872a30299dbaa4894cff"}) as unknown as TypedDocumentString<EnterAsGuestMutation, EnterAsGuestMutationVariables>;
export const ClaimAccountDocument = new TypedDocumentString(`
    mutation ClaimAccount($input: RegisterInput!) {
  claimAccount(input: $input) {
    id
  }
}
    `, {"hash":"eb5e326d767c0af121b0767e2d3fd1b99b3ce8f427c1bbc0c6707ce213d7993e"}) as unknown as TypedDocumentString<ClaimAccountMutation, ClaimAccountMutationVariables>;
export const RequestPasswordResetDocument = new TypedDocumentString(`
    mutation RequestPasswordReset($login: String!) {
  requestPasswordReset(login: $login)
}
    `, {"hash":"70a87484d45e29f354c85b600509561593ddaa70c236a791e13ecfd76c9fbff3"}) as unknown as TypedDocumentString<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ResetPasswordDocument = new TypedDocumentString(`
    mutation ResetPassword($token: String!, $newPassword: String!) {
  resetPassword(token: $token, newPassword: $newPassword) {
    ...AuthFields
  }
}
    fragment AuthFields on AuthPayload {
  accessToken
  refreshToken
  user {
    id
    username
    isGuest
  }
}`, {"hash":"c76382e1cbf918cb994af805db6ca3f423e818f59ecbce90b2c273da4110a026"}) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const CreatePasswordResetDocument = new TypedDocumentString(`
    mutation CreatePasswordReset($username: String!) {
  createPasswordReset(username: $username) {
    url
    expiresAt
  }
}
    `, {"hash":"47e4a1998a669fd2270d664db42d687580a64a49375d74f8b05ccde1384fe833"}) as unknown as TypedDocumentString<CreatePasswordResetMutation, CreatePasswordResetMutationVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($currentPassword: String!, $newPassword: String!) {
  changePassword(currentPassword: $currentPassword, newPassword: $newPassword)
}
    `, {"hash":"e7c1262b932d16bc95f5388cb8b5adf0068267fa408f325eef91fb269e82857c"}) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const SessionsDocument = new TypedDocumentString(`
    query Sessions {
  sessions {
    id
    createdAt
    expiresAt
    current
  }
}
    `, {"hash":"9ca3d88cea936b4e13dff84d3f920d9c6083df6aa2bb0b168b544f8c5206eee8"}) as unknown as TypedDocumentString<SessionsQuery, SessionsQueryVariables>;
export const EndSessionDocument = new TypedDocumentString(`
    mutation EndSession($id: ID!) {
  endSession(id: $id)
}
    `, {"hash":"67188c8e2ce8c2ea48c1bd4d57c0a8a15dc811c26d6565548a58888de31ab5fc"}) as unknown as TypedDocumentString<EndSessionMutation, EndSessionMutationVariables>;
export const ExportMyDataDocument = new TypedDocumentString(`
    query ExportMyData($page: Int!) {
  exportMyData(page: $page)
}
    `, {"hash":"06ef75f06c38781408afa1d38c2a34dcf5c5de67473e2c3d22b33ddaf5396ab7"}) as unknown as TypedDocumentString<ExportMyDataQuery, ExportMyDataQueryVariables>;
export const DeleteAccountDocument = new TypedDocumentString(`
    mutation DeleteAccount($password: String!) {
  deleteAccount(password: $password)
}
    `, {"hash":"079ed3d63e49391a082d27ee1a18987abd47582eb900e04fc8ec98daf9f9362a"}) as unknown as TypedDocumentString<DeleteAccountMutation, DeleteAccountMutationVariables>;
export const RefreshDocument = new TypedDocumentString(`
    mutation Refresh($refreshToken: String!) {
  refresh(refreshToken: $refreshToken) {
    ...AuthFields
  }
}
    fragment AuthFields on AuthPayload {
  accessToken
  refreshToken
  user {
    id
    username
    isGuest
  }
}`, {"hash":"bf868f9cc54bda7e1a26d85f5da06553bfc7b64c6dda8331dba3ff90c3104fff"}) as unknown as TypedDocumentString<RefreshMutation, RefreshMutationVariables>;
export const LogoutDocument = new TypedDocumentString(`
    mutation Logout {
  logout
}
    `, {"hash":"cb1d14c1cc99a25294cfa4376de2402364cb32e6c038a11fb36cf0ebb3a5ce91"}) as unknown as TypedDocumentString<LogoutMutation, LogoutMutationVariables>;
export const LogoutEverywhereDocument = new TypedDocumentString(`
    mutation LogoutEverywhere {
  logoutEverywhere
}
    `, {"hash":"52707447b420e68f4a0918465e15cadf17002137ecf83682995cbd21b0be795c"}) as unknown as TypedDocumentString<LogoutEverywhereMutation, LogoutEverywhereMutationVariables>;
export const SendDocument = new TypedDocumentString(`
    mutation Send($clientMessageId: ID!, $room: ID!, $text: String!, $answers: ID, $feeling: Emotion) {
  sendChat(
    input: {clientMessageId: $clientMessageId, room: $room, text: $text, answers: $answers, feeling: $feeling}
  ) {
    ...NoteFields
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"2007082eebe0c28f95793335fc4b76ca7f31d07e9fedff7d795b526906c16cfd"}) as unknown as TypedDocumentString<SendMutation, SendMutationVariables>;
export const SetEmpathyDocument = new TypedDocumentString(`
    mutation SetEmpathy($chatId: ID!, $empathy: Empathy) {
  setEmpathy(chatId: $chatId, empathy: $empathy) {
    ...NoteFields
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"be62462603e29a2b18947834b4b5a398d22a9dda05c04ac95954826fd1e8c671"}) as unknown as TypedDocumentString<SetEmpathyMutation, SetEmpathyMutationVariables>;
export const SetFeelingDocument = new TypedDocumentString(`
    mutation SetFeeling($id: ID!, $feeling: Emotion) {
  setFeeling(id: $id, feeling: $feeling) {
    ...NoteFields
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"edd8019ee354356b061197ee445583fdcf4300af0b774687260ad678e0648aa9"}) as unknown as TypedDocumentString<SetFeelingMutation, SetFeelingMutationVariables>;
export const TakeBackDocument = new TypedDocumentString(`
    mutation TakeBack($id: ID!) {
  takeBack(id: $id) {
    ...NoteFields
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"6c5b601f92b1731490f1ff78bd70663302392e7d7d31fc2661d9530258664f4c"}) as unknown as TypedDocumentString<TakeBackMutation, TakeBackMutationVariables>;
export const TypingDocument = new TypedDocumentString(`
    mutation Typing($room: ID!, $typing: Boolean!) {
  setTyping(room: $room, typing: $typing)
}
    `, {"hash":"ca311d6054d4516e02073fb5a3a466ceb2adb637096661f61ecc57e7e6f5c3b7"}) as unknown as TypedDocumentString<TypingMutation, TypingMutationVariables>;
export const CreateRoomDocument = new TypedDocumentString(`
    mutation CreateRoom($input: CreateRoomInput!) {
  createRoom(input: $input) {
    id
    visibility
  }
}
    `, {"hash":"eabbdbdf3259d92a6c75984ef0f4617ded789221188abfeedeba6caedf155341"}) as unknown as TypedDocumentString<CreateRoomMutation, CreateRoomMutationVariables>;
export const ReportDocument = new TypedDocumentString(`
    mutation Report($id: ID!, $reason: String!, $alsoModerators: Boolean!) {
  reportChat(id: $id, reason: $reason, alsoModerators: $alsoModerators)
}
    `, {"hash":"ccfdd9607b1e68f50c5348efa761b083149debb64b01b0a494cbe6429ddddde5"}) as unknown as TypedDocumentString<ReportMutation, ReportMutationVariables>;
export const HideDocument = new TypedDocumentString(`
    mutation Hide($id: ID!, $reason: String!) {
  hideChat(id: $id, reason: $reason) {
    ...NoteFields
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"bb2d7e39fdf74cb0269e1090bdc069087210ececb794da2b16d76fa6e58f4799"}) as unknown as TypedDocumentString<HideMutation, HideMutationVariables>;
export const ReportsDocument = new TypedDocumentString(`
    query Reports($room: ID) {
  reports(first: 50, room: $room) {
    reportedAt
    reasons
    chat {
      id
      room
      ...NoteFields
    }
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"f4133132293cd180948e1120d1fa34022d4b2594c526b9be91023c8171a3f782"}) as unknown as TypedDocumentString<ReportsQuery, ReportsQueryVariables>;
export const MuteDocument = new TypedDocumentString(`
    mutation Mute($chatId: ID!, $minutes: Int!, $reason: String!) {
  muteAuthor(chatId: $chatId, minutes: $minutes, reason: $reason)
}
    `, {"hash":"d2a2c61b1b0e8cc81ac14677b187bf0c9de84548b14253de3e35945ecba391ff"}) as unknown as TypedDocumentString<MuteMutation, MuteMutationVariables>;
export const UnmuteDocument = new TypedDocumentString(`
    mutation Unmute($chatId: ID!) {
  unmuteAuthor(chatId: $chatId)
}
    `, {"hash":"c374aa3cd672064c161b104b0295ba7b961db16355d6e847a6c83f2d98c899bb"}) as unknown as TypedDocumentString<UnmuteMutation, UnmuteMutationVariables>;
export const AuditLogDocument = new TypedDocumentString(`
    query AuditLog($before: ID, $room: ID) {
  auditLog(first: 50, before: $before, room: $room) {
    id
    at
    actor
    action
    subject
    details
  }
}
    `, {"hash":"724491647debeaa80af7c562cc770d6c703fbc392109dfced0c4ae002c868150"}) as unknown as TypedDocumentString<AuditLogQuery, AuditLogQueryVariables>;
export const DismissDocument = new TypedDocumentString(`
    mutation Dismiss($id: ID!) {
  dismissReports(id: $id)
}
    `, {"hash":"7d7741ce480d4ed7e68fb1053d348554c2b9e31c72dfe9685473b4a8d8c3f2f9"}) as unknown as TypedDocumentString<DismissMutation, DismissMutationVariables>;
export const RunInsightDocument = new TypedDocumentString(`
    mutation RunInsight($room: ID!) {
  runInsight(room: $room) {
    id
    ...LetterFields
  }
}
    fragment LetterFields on Insight {
  id
  room
  windowStart
  letter
  locale
  ko: letterIn(locale: "ko")
  en: letterIn(locale: "en")
  facts
  topics
  question
  answerCount
  messageCount
  participantCount
  scheduled
  source
  model
  mood {
    messageCount
    dominantEmotion
    scores {
      emotion
      score
    }
  }
}`, {"hash":"57e393fb2e1c74373c5606e81f7140c58b6444d012e9deefa1e74c2b59d4c002"}) as unknown as TypedDocumentString<RunInsightMutation, RunInsightMutationVariables>;
export const WatchRoomDocument = new TypedDocumentString(`
    subscription WatchRoom($room: ID!, $after: ChatCursor) {
  newChat(room: $room, after: $after) {
    cursor
    ...NoteFields
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"67726d4adff61d0487ad3456108ea16ee602c6f53c546ce7cfa3bb09f356be8b"}) as unknown as TypedDocumentString<WatchRoomSubscription, WatchRoomSubscriptionVariables>;
export const ActivityDocument = new TypedDocumentString(`
    subscription Activity($room: ID!) {
  roomActivity(room: $room) {
    kind
    author
    online
  }
}
    `, {"hash":"e202423cb5d2b0b332ea88afec302bdf84b658a73671811d439f71c7be1ffd86"}) as unknown as TypedDocumentString<ActivitySubscription, ActivitySubscriptionVariables>;
export const ChangedDocument = new TypedDocumentString(`
    subscription Changed($room: ID!) {
  chatChanged(room: $room) {
    cursor
    ...NoteFields
  }
}
    fragment NoteFields on Chat {
  id
  cursor
  author
  text
  sentAt
  dominantEmotion
  feeling
  shownEmotion
  answers
  empathies {
    empathy
    count
  }
  hidden
}`, {"hash":"ccd670170ee9e49f8d27e93489283a0e3e77821b8e24e953c49faf3bddf460a1"}) as unknown as TypedDocumentString<ChangedSubscription, ChangedSubscriptionVariables>;
export const MoodNowDocument = new TypedDocumentString(`
    subscription MoodNow($room: ID!) {
  moodChanged(room: $room) {
    ...MoodFields
  }
}
    fragment MoodFields on Mood {
  windowStart
  windowEnd
  messageCount
  scores {
    emotion
    score
  }
  dominantEmotion
  valence
}`, {"hash":"8e6b55af4f6e04d87138837717a2ad245ae35811bfba4820c3af2bbc58e3bfc3"}) as unknown as TypedDocumentString<MoodNowSubscription, MoodNowSubscriptionVariables>;
export const NewLetterDocument = new TypedDocumentString(`
    subscription NewLetter($room: ID!) {
  insightReady(room: $room) {
    id
  }
}
    `, {"hash":"0c1e5604781edda235395870cce23fad246ae9ff2bce44c890bc33e4752b2a1e"}) as unknown as TypedDocumentString<NewLetterSubscription, NewLetterSubscriptionVariables>;
export const RoomQuestionDocument = new TypedDocumentString(`
    query RoomQuestion($room: ID!) {
  room(id: $room) {
    id
    question {
      id
      ...QuestionFields
    }
  }
}
    fragment QuestionFields on Question {
  id
  room
  text
}`, {"hash":"bc8d1dde1d89e8cf22656c35dccc318c743867dc2630091aec0a4df1b97fe3fa"}) as unknown as TypedDocumentString<RoomQuestionQuery, RoomQuestionQueryVariables>;
export const AskQuestionDocument = new TypedDocumentString(`
    mutation AskQuestion($room: ID!, $text: String!) {
  askQuestion(room: $room, text: $text) {
    id
    ...QuestionFields
  }
}
    fragment QuestionFields on Question {
  id
  room
  text
}`, {"hash":"ce3532d3f0432bda8ef76405736128280ca8af61d702508b7c4b83b4f4deeb7d"}) as unknown as TypedDocumentString<AskQuestionMutation, AskQuestionMutationVariables>;
export const RoomChangesDocument = new TypedDocumentString(`
    subscription RoomChanges($room: ID!) {
  roomChanged(room: $room) {
    title
    archived
    question {
      id
      ...QuestionFields
    }
  }
}
    fragment QuestionFields on Question {
  id
  room
  text
}`, {"hash":"ab1c1e7c9562822c4abb1536a4131ad4ca5cb071c519a16428d99d295b537eab"}) as unknown as TypedDocumentString<RoomChangesSubscription, RoomChangesSubscriptionVariables>;
export const ReadRoomDocument = new TypedDocumentString(`
    query ReadRoom($room: ID!) {
  room(id: $room) {
    id
    title
    online
    screen
    question {
      id
      ...QuestionFields
    }
  }
}
    fragment QuestionFields on Question {
  id
  room
  text
}`, {"hash":"8c02915d721bf2e11393a33061cd7f5c44eb37d1e2a2396eb82cc02b154794c2"}) as unknown as TypedDocumentString<ReadRoomQuery, ReadRoomQueryVariables>;
export const ReadRoomChangesDocument = new TypedDocumentString(`
    subscription ReadRoomChanges($room: ID!) {
  roomChanged(room: $room) {
    title
    screen
    question {
      id
      ...QuestionFields
    }
  }
}
    fragment QuestionFields on Question {
  id
  room
  text
}`, {"hash":"eaac36a62af8f77d6aad0592e62ce359e6eb3c54833f9dd7766bce145b00a8f4"}) as unknown as TypedDocumentString<ReadRoomChangesSubscription, ReadRoomChangesSubscriptionVariables>;
export const PushKeyDocument = new TypedDocumentString(`
    query PushKey {
  pushKey
}
    `, {"hash":"8952e8d305d4c81dfcdd28fbc4615fce83f59310326e35a32b41540f164ce286"}) as unknown as TypedDocumentString<PushKeyQuery, PushKeyQueryVariables>;
export const SubscribePushDocument = new TypedDocumentString(`
    mutation SubscribePush($room: ID!, $subscription: PushInput!) {
  subscribePush(room: $room, subscription: $subscription)
}
    `, {"hash":"cb2c0b3a89ad96b351531d0bc499a4c4db3d65a7e383a7f48b4ea6a77dde91a8"}) as unknown as TypedDocumentString<SubscribePushMutation, SubscribePushMutationVariables>;
export const UnsubscribePushDocument = new TypedDocumentString(`
    mutation UnsubscribePush($endpoint: String!) {
  unsubscribePush(endpoint: $endpoint)
}
    `, {"hash":"e733aeb09c47511c3c6daf06c22a520464fd4f41e0520d89330c9959203e97bf"}) as unknown as TypedDocumentString<UnsubscribePushMutation, UnsubscribePushMutationVariables>;
export const MyRoomsDocument = new TypedDocumentString(`
    query MyRooms {
  myRooms {
    id
    ...RoomFields
  }
}
    fragment RoomFields on Room {
  id
  title
  anonymous
  online
  visibility
  archived
  guestsMayWrite
}`, {"hash":"dd868913590f3ef6f9291c4f32c6c9798692ef87a93482238a688cd7daf3b1b7"}) as unknown as TypedDocumentString<MyRoomsQuery, MyRoomsQueryVariables>;
export const RoomInfoDocument = new TypedDocumentString(`
    query RoomInfo($room: ID!, $known: Boolean!) {
  room(id: $room) {
    id
    ...RoomFields
  }
  myRole(room: $room) @include(if: $known)
}
    fragment RoomFields on Room {
  id
  title
  anonymous
  online
  visibility
  archived
  guestsMayWrite
}`, {"hash":"8f22549d847e53cd130db62fe1b02a67f4525af9e347971f80aaaa6b0a2d824d"}) as unknown as TypedDocumentString<RoomInfoQuery, RoomInfoQueryVariables>;
export const RoomRulesDocument = new TypedDocumentString(`
    query RoomRules($room: ID!, $known: Boolean!) {
  room(id: $room) {
    id
    ...RoomRules
  }
  myRole(room: $room) @include(if: $known)
}
    fragment RoomRules on Room {
  id
  title
  anonymous
  visibility
  archived
  guestsMayWrite
  slowModeSeconds
  wordFilter
  ownWords
  letterByModel
  screen
}`, {"hash":"897a1aeb0f8c211f577032c0434bb3b572703dd42b3355f25df40dbc0aa148f6"}) as unknown as TypedDocumentString<RoomRulesQuery, RoomRulesQueryVariables>;
export const UpdateRoomDocument = new TypedDocumentString(`
    mutation UpdateRoom($id: ID!, $title: String, $visibility: Visibility, $guestsMayWrite: Boolean, $letterByModel: Boolean, $slowModeSeconds: Int, $wordFilter: WordFilter, $ownWords: [String!]) {
  updateRoom(
    id: $id
    title: $title
    visibility: $visibility
    guestsMayWrite: $guestsMayWrite
    letterByModel: $letterByModel
    slowModeSeconds: $slowModeSeconds
    wordFilter: $wordFilter
    ownWords: $ownWords
  ) {
    id
    ...RoomRules
  }
}
    fragment RoomRules on Room {
  id
  title
  anonymous
  visibility
  archived
  guestsMayWrite
  slowModeSeconds
  wordFilter
  ownWords
  letterByModel
  screen
}`, {"hash":"7d953365cf291f0149d2fdbec2086af2646f2ff5e1f1149909ef058feae36313"}) as unknown as TypedDocumentString<UpdateRoomMutation, UpdateRoomMutationVariables>;
export const MembersDocument = new TypedDocumentString(`
    query Members($room: ID!, $after: String) {
  members(room: $room, first: 50, after: $after) {
    edges {
      node {
        username
        role
        since
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"hash":"2aa031cb9d5d7c094b34b65b5d8dad89aec3084cdf919063b9092407bcb10304"}) as unknown as TypedDocumentString<MembersQuery, MembersQueryVariables>;
export const SetRoleDocument = new TypedDocumentString(`
    mutation SetRole($room: ID!, $username: String!, $role: RoomRole!) {
  setRole(room: $room, username: $username, role: $role) {
    username
    role
    since
  }
}
    `, {"hash":"3e8f522b5cdf4187204978fd654e407ce7ab2440b4b0691b52ed5bcf2e4531df"}) as unknown as TypedDocumentString<SetRoleMutation, SetRoleMutationVariables>;
export const RemoveMemberDocument = new TypedDocumentString(`
    mutation RemoveMember($room: ID!, $username: String!) {
  removeMember(room: $room, username: $username)
}
    `, {"hash":"1ce25b30a97347268724627895dfa75508eba25a8220236d0457ff05cd45f589"}) as unknown as TypedDocumentString<RemoveMemberMutation, RemoveMemberMutationVariables>;
export const LeaveRoomDocument = new TypedDocumentString(`
    mutation LeaveRoom($room: ID!) {
  leaveRoom(room: $room)
}
    `, {"hash":"5355c3d8a379aae2fa92953a49ba87dff7ef3ca8e50b3a959cd988496b1abc8b"}) as unknown as TypedDocumentString<LeaveRoomMutation, LeaveRoomMutationVariables>;
export const InvitesDocument = new TypedDocumentString(`
    query Invites($room: ID!) {
  invites(room: $room) {
    code
    ...InviteFields
  }
}
    fragment InviteFields on Invite {
  code
  url
  expiresAt
  usesLeft
}`, {"hash":"3d0e59a546b483a0af05fff2584102d19ae023f404cf5df21352b9c3b4b03ab4"}) as unknown as TypedDocumentString<InvitesQuery, InvitesQueryVariables>;
export const CreateInviteDocument = new TypedDocumentString(`
    mutation CreateInvite($room: ID!, $hours: Int!, $uses: Int) {
  createInvite(room: $room, expiresInHours: $hours, maxUses: $uses) {
    code
    ...InviteFields
  }
}
    fragment InviteFields on Invite {
  code
  url
  expiresAt
  usesLeft
}`, {"hash":"79d6c05e17a6a683f8aaf9c3be98ca42bf3a644c3d92ef8f28a6ce24cbed764c"}) as unknown as TypedDocumentString<CreateInviteMutation, CreateInviteMutationVariables>;
export const RevokeInviteDocument = new TypedDocumentString(`
    mutation RevokeInvite($code: ID!) {
  revokeInvite(code: $code)
}
    `, {"hash":"fea9d09200b80270a8088da42336b7bc6d9e969bf26988399b86debb305e66f1"}) as unknown as TypedDocumentString<RevokeInviteMutation, RevokeInviteMutationVariables>;
export const InvitePreviewDocument = new TypedDocumentString(`
    query InvitePreview($code: ID!) {
  invitePreview(code: $code) {
    room
    title
    anonymous
    guestsMayWrite
  }
}
    `, {"hash":"d7c795ee366cd88f020927e2e588964bef84bf74f89fab39a34733c72da63d5a"}) as unknown as TypedDocumentString<InvitePreviewQuery, InvitePreviewQueryVariables>;
export const JoinRoomDocument = new TypedDocumentString(`
    mutation JoinRoom($code: ID!) {
  joinRoom(code: $code) {
    id
  }
}
    `, {"hash":"efc527c97e82b07410c2c2d89f5358e6e755ac167e13f7bf43fa6058700eb220"}) as unknown as TypedDocumentString<JoinRoomMutation, JoinRoomMutationVariables>;
export const JoinAsGuestDocument = new TypedDocumentString(`
    mutation JoinAsGuest($code: ID!) {
  enterAsGuest(invite: $code) {
    ...AuthFields
  }
}
    fragment AuthFields on AuthPayload {
  accessToken
  refreshToken
  user {
    id
    username
    isGuest
  }
}`, {"hash":"639e4b4da75c5efead31500b6f4cdd904bdad2aee3b4fb948d0c7abe984a9db5"}) as unknown as TypedDocumentString<JoinAsGuestMutation, JoinAsGuestMutationVariables>;
export const ArchiveRoomDocument = new TypedDocumentString(`
    mutation ArchiveRoom($room: ID!, $archived: Boolean!) {
  archiveRoom(room: $room, archived: $archived) {
    id
    ...RoomRules
  }
}
    fragment RoomRules on Room {
  id
  title
  anonymous
  visibility
  archived
  guestsMayWrite
  slowModeSeconds
  wordFilter
  ownWords
  letterByModel
  screen
}`, {"hash":"31b87d234fd6ec5b4474d8c8560e1e8b8b4f460855b52c405c33e3fb6844291b"}) as unknown as TypedDocumentString<ArchiveRoomMutation, ArchiveRoomMutationVariables>;
export const DeleteRoomDocument = new TypedDocumentString(`
    mutation DeleteRoom($room: ID!, $title: String!) {
  deleteRoom(room: $room, title: $title)
}
    `, {"hash":"162bb03dcc5c5fedb2bef8a1a2c9e96e25bd612b79ac20bd147313d2c8c53e47"}) as unknown as TypedDocumentString<DeleteRoomMutation, DeleteRoomMutationVariables>;
export const SetScreenDocument = new TypedDocumentString(`
    mutation SetScreen($room: ID!, $state: ScreenState!) {
  setScreen(room: $room, state: $state)
}
    `, {"hash":"7e43746b6a34a26cf64ff074c0b037fd0b3c72e7790d24770c3111e7ec0ff4a7"}) as unknown as TypedDocumentString<SetScreenMutation, SetScreenMutationVariables>;
export const CreateScreenLinkDocument = new TypedDocumentString(`
    mutation CreateScreenLink($room: ID!) {
  createScreenLink(room: $room) {
    url
    expiresAt
  }
}
    `, {"hash":"a84a4f8da00e226c4ac6f8f748e29069bf27e7360959aee760ce149d4e45d2b0"}) as unknown as TypedDocumentString<CreateScreenLinkMutation, CreateScreenLinkMutationVariables>;