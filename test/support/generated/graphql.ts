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
export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = { __typename?: 'Query', sessions: Array<{ __typename?: 'Session', id: string, createdAt: string, expiresAt: string, current: boolean }> };

export type ExportMyDataQueryVariables = Exact<{
  page?: InputMaybe<Scalars['Int']['input']>;
}>;


export type ExportMyDataQuery = { __typename?: 'Query', exportMyData: Record<string, unknown> };

export type EndSessionMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type EndSessionMutation = { __typename?: 'Mutation', endSession: boolean };

export type ChangePasswordMutationVariables = Exact<{
  currentPassword: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
}>;


export type ChangePasswordMutation = { __typename?: 'Mutation', changePassword: boolean };

export type RequestPasswordResetMutationVariables = Exact<{
  login: Scalars['String']['input'];
}>;


export type RequestPasswordResetMutation = { __typename?: 'Mutation', requestPasswordReset: boolean };

export type CreatePasswordResetMutationVariables = Exact<{
  username: Scalars['String']['input'];
}>;


export type CreatePasswordResetMutation = { __typename?: 'Mutation', createPasswordReset: { __typename?: 'PasswordReset', url: string, expiresAt: string } };

export type ResetPasswordMutationVariables = Exact<{
  token: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
}>;


export type ResetPasswordMutation = { __typename?: 'Mutation', resetPassword: { __typename?: 'AuthPayload', accessToken: string, refreshToken: string, user: { __typename?: 'User', username: string } } };

export type EnterAsGuestMutationVariables = Exact<{
  invite?: InputMaybe<Scalars['ID']['input']>;
}>;


export type EnterAsGuestMutation = { __typename?: 'Mutation', enterAsGuest: { __typename?: 'AuthPayload', accessToken: string, refreshToken: string, user: { __typename?: 'User', id: string, username: string, email?: string | null, isGuest: boolean } } };

export type ClaimAccountMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type ClaimAccountMutation = { __typename?: 'Mutation', claimAccount: { __typename?: 'User', id: string, username: string, email?: string | null, isGuest: boolean, messageCount: number } };

export type StateFieldsFragment = { __typename?: 'Chat', id: string, text: string, hidden: boolean, empathies: Array<{ __typename?: 'EmpathyCount', empathy: Empathy, count: number }> } & { ' $fragmentName'?: 'StateFieldsFragment' };

export type SetEmpathyMutationVariables = Exact<{
  chatId: Scalars['ID']['input'];
  empathy?: InputMaybe<Empathy>;
}>;


export type SetEmpathyMutation = { __typename?: 'Mutation', setEmpathy: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'StateFieldsFragment': StateFieldsFragment } }
  ) };

export type ChatQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ChatQuery = { __typename?: 'Query', chat?: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'StateFieldsFragment': StateFieldsFragment } }
  ) | null };

export type ChatMarksQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type ChatMarksQuery = { __typename?: 'Query', chatMarks: Array<{ __typename?: 'ChatMark', chatId: string, mine: boolean, empathy?: Empathy | null }> };

export type RecentStatesQueryVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}>;


export type RecentStatesQuery = { __typename?: 'Query', recentChats: { __typename?: 'RecentChats', items: Array<(
      { __typename?: 'Chat' }
      & { ' $fragmentRefs'?: { 'StateFieldsFragment': StateFieldsFragment } }
    )> } };

export type ChatStatesQueryVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}>;


export type ChatStatesQuery = { __typename?: 'Query', chats: { __typename?: 'ChatConnection', edges: Array<{ __typename?: 'ChatEdge', node: (
        { __typename?: 'Chat' }
        & { ' $fragmentRefs'?: { 'StateFieldsFragment': StateFieldsFragment } }
      ) }> } };

export type ChatChangedSubscriptionVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
}>;


export type ChatChangedSubscription = { __typename?: 'Subscription', chatChanged: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'StateFieldsFragment': StateFieldsFragment } }
  ) };

export type HostRoomMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  title?: InputMaybe<Scalars['String']['input']>;
  visibility?: InputMaybe<Visibility>;
  wordFilter?: InputMaybe<WordFilter>;
  ownWords?: InputMaybe<Array<Scalars['String']['input']> | Scalars['String']['input']>;
  guestsMayWrite?: InputMaybe<Scalars['Boolean']['input']>;
  letterByModel?: InputMaybe<Scalars['Boolean']['input']>;
}>;


export type HostRoomMutation = { __typename?: 'Mutation', updateRoom: { __typename?: 'Room', id: string, title: string, visibility: Visibility, guestsMayWrite: boolean, letterByModel: boolean, ownWords: Array<string> } };

export type RoomSettingsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RoomSettingsQuery = { __typename?: 'Query', room?: { __typename?: 'Room', title: string, visibility: Visibility, archived: boolean, letterByModel: boolean, ownWords: Array<string>, screen: ScreenState } | null };

export type SetScreenMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  state: ScreenState;
}>;


export type SetScreenMutation = { __typename?: 'Mutation', setScreen: boolean };

export type DeleteRoomMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  title: Scalars['String']['input'];
}>;


export type DeleteRoomMutation = { __typename?: 'Mutation', deleteRoom: boolean };

export type RoomReportsQueryVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
}>;


export type RoomReportsQuery = { __typename?: 'Query', reports: Array<{ __typename?: 'ReportedChat', reasons: Array<string>, chat: { __typename?: 'Chat', id: string } }> };

export type RoomAuditLogQueryVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
}>;


export type RoomAuditLogQuery = { __typename?: 'Query', auditLog: Array<{ __typename?: 'AuditEntry', actor: string, action: AuditAction, room?: string | null, details: string }> };

export type ReportChatMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  alsoModerators?: InputMaybe<Scalars['Boolean']['input']>;
}>;


export type ReportChatMutation = { __typename?: 'Mutation', reportChat: boolean };

export type ReportsQueryVariables = Exact<{ [key: string]: never; }>;


export type ReportsQuery = { __typename?: 'Query', reports: Array<{ __typename?: 'ReportedChat', reasons: Array<string>, chat: { __typename?: 'Chat', id: string, text: string } }> };

export type DismissReportsMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type DismissReportsMutation = { __typename?: 'Mutation', dismissReports: boolean };

export type HideChatMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
}>;


export type HideChatMutation = { __typename?: 'Mutation', hideChat: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'ChatFieldsFragment': ChatFieldsFragment } }
  ) };

export type MuteAuthorMutationVariables = Exact<{
  chatId: Scalars['ID']['input'];
  minutes: Scalars['Int']['input'];
  reason: Scalars['String']['input'];
}>;


export type MuteAuthorMutation = { __typename?: 'Mutation', muteAuthor: string };

export type UnmuteAuthorMutationVariables = Exact<{
  chatId: Scalars['ID']['input'];
}>;


export type UnmuteAuthorMutation = { __typename?: 'Mutation', unmuteAuthor: boolean };

export type UpdateRoomMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  wordFilter?: InputMaybe<WordFilter>;
  slowModeSeconds?: InputMaybe<Scalars['Int']['input']>;
}>;


export type UpdateRoomMutation = { __typename?: 'Mutation', updateRoom: { __typename?: 'Room', id: string, wordFilter: WordFilter, slowModeSeconds: number } };

export type AuditLogQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  before?: InputMaybe<Scalars['ID']['input']>;
}>;


export type AuditLogQuery = { __typename?: 'Query', auditLog: Array<{ __typename?: 'AuditEntry', id: string, actor: string, action: AuditAction, subject: string, details: string }> };

export type DeleteAccountMutationVariables = Exact<{
  password: Scalars['String']['input'];
}>;


export type DeleteAccountMutation = { __typename?: 'Mutation', deleteAccount: boolean };

export type ChatHiddenSubscriptionVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
}>;


export type ChatHiddenSubscription = { __typename?: 'Subscription', chatHidden: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'ChatFieldsFragment': ChatFieldsFragment } }
  ) };

export type PushKeyQueryVariables = Exact<{ [key: string]: never; }>;


export type PushKeyQuery = { __typename?: 'Query', pushKey?: string | null };

export type SubscribePushMutationVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
  subscription: PushInput;
}>;


export type SubscribePushMutation = { __typename?: 'Mutation', subscribePush: boolean };

export type UnsubscribePushMutationVariables = Exact<{
  endpoint: Scalars['String']['input'];
}>;


export type UnsubscribePushMutation = { __typename?: 'Mutation', unsubscribePush: boolean };

export type RoomQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RoomQuery = { __typename?: 'Query', room?: { __typename?: 'Room', id: string, title: string, visibility: Visibility, archived: boolean, guestsMayWrite: boolean } | null };

export type MyRoomsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyRoomsQuery = { __typename?: 'Query', myRooms: Array<{ __typename?: 'Room', id: string }> };

export type MyRoleQueryVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type MyRoleQuery = { __typename?: 'Query', myRole?: RoomRole | null };

export type MembersQueryVariables = Exact<{
  room: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type MembersQuery = { __typename?: 'Query', members: { __typename?: 'MemberConnection', edges: Array<{ __typename?: 'MemberEdge', cursor: string, node: { __typename?: 'Member', username: string, role: RoomRole, since: string } }>, pageInfo: { __typename?: 'InsightPageInfo', hasNextPage: boolean, endCursor?: string | null } } };

export type InvitesQueryVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type InvitesQuery = { __typename?: 'Query', invites: Array<{ __typename?: 'Invite', code: string, usesLeft?: number | null }> };

export type InvitePreviewQueryVariables = Exact<{
  code: Scalars['ID']['input'];
}>;


export type InvitePreviewQuery = { __typename?: 'Query', invitePreview?: { __typename?: 'InvitePreview', room: string, title: string, anonymous: boolean, guestsMayWrite: boolean } | null };

export type CreateInviteMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  maxUses?: InputMaybe<Scalars['Int']['input']>;
  expiresInHours?: InputMaybe<Scalars['Int']['input']>;
}>;


export type CreateInviteMutation = { __typename?: 'Mutation', createInvite: { __typename?: 'Invite', code: string, room: string, url: string, usesLeft?: number | null, expiresAt: string } };

export type RevokeInviteMutationVariables = Exact<{
  code: Scalars['ID']['input'];
}>;


export type RevokeInviteMutation = { __typename?: 'Mutation', revokeInvite: boolean };

export type JoinRoomMutationVariables = Exact<{
  code: Scalars['ID']['input'];
}>;


export type JoinRoomMutation = { __typename?: 'Mutation', joinRoom: { __typename?: 'Room', id: string } };

export type LeaveRoomMutationVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type LeaveRoomMutation = { __typename?: 'Mutation', leaveRoom: boolean };

export type RemoveMemberMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  username: Scalars['String']['input'];
}>;


export type RemoveMemberMutation = { __typename?: 'Mutation', removeMember: boolean };

export type SetRoleMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  username: Scalars['String']['input'];
  role: RoomRole;
}>;


export type SetRoleMutation = { __typename?: 'Mutation', setRole: { __typename?: 'Member', username: string, role: RoomRole } };

export type ChangeRoomMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  visibility?: InputMaybe<Visibility>;
  guestsMayWrite?: InputMaybe<Scalars['Boolean']['input']>;
}>;


export type ChangeRoomMutation = { __typename?: 'Mutation', updateRoom: { __typename?: 'Room', id: string, visibility: Visibility } };

export type ArchiveRoomMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  archived: Scalars['Boolean']['input'];
}>;


export type ArchiveRoomMutation = { __typename?: 'Mutation', archiveRoom: { __typename?: 'Room', archived: boolean } };

export type ChatFieldsFragment = { __typename?: 'Chat', id: string, room: string, author: string, text: string, sentAt: string, cursor: string, dominantEmotion?: Emotion | null, hidden: boolean, emotions: Array<{ __typename?: 'EmotionScore', emotion: Emotion, score: number }> } & { ' $fragmentName'?: 'ChatFieldsFragment' };

export type SaidFragment = { __typename?: 'Chat', feeling?: Emotion | null, shownEmotion?: Emotion | null, answers?: string | null } & { ' $fragmentName'?: 'SaidFragment' };

export type MoodFieldsFragment = { __typename?: 'Mood', room: string, windowStart: string, windowEnd: string, messageCount: number, dominantEmotion?: Emotion | null, valence: number, scores: Array<{ __typename?: 'EmotionScore', emotion: Emotion, score: number }> } & { ' $fragmentName'?: 'MoodFieldsFragment' };

export type TokensFragment = { __typename?: 'AuthPayload', accessToken: string, accessTokenExpiresAt: string, refreshToken: string, user: { __typename?: 'User', id: string, username: string, email?: string | null, joinedAt: string, messageCount: number } } & { ' $fragmentName'?: 'TokensFragment' };

export type InsightFieldsFragment = { __typename?: 'Insight', id: string, room: string, windowStart: string, windowEnd: string, createdAt: string, letter: string, locale: string, topics: Array<string>, messageCount: number, participantCount: number, scheduled: boolean, source: InsightSource, model: string, mood: (
    { __typename?: 'Mood' }
    & { ' $fragmentRefs'?: { 'MoodFieldsFragment': MoodFieldsFragment } }
  ) } & { ' $fragmentName'?: 'InsightFieldsFragment' };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { __typename?: 'Mutation', register: (
    { __typename?: 'AuthPayload' }
    & { ' $fragmentRefs'?: { 'TokensFragment': TokensFragment } }
  ) };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { __typename?: 'Mutation', login: (
    { __typename?: 'AuthPayload' }
    & { ' $fragmentRefs'?: { 'TokensFragment': TokensFragment } }
  ) };

export type RefreshMutationVariables = Exact<{
  refreshToken: Scalars['String']['input'];
}>;


export type RefreshMutation = { __typename?: 'Mutation', refresh: (
    { __typename?: 'AuthPayload' }
    & { ' $fragmentRefs'?: { 'TokensFragment': TokensFragment } }
  ) };

export type LogoutMutationVariables = Exact<{ [key: string]: never; }>;


export type LogoutMutation = { __typename?: 'Mutation', logout: boolean };

export type LogoutEverywhereMutationVariables = Exact<{ [key: string]: never; }>;


export type LogoutEverywhereMutation = { __typename?: 'Mutation', logoutEverywhere: boolean };

export type SendChatMutationVariables = Exact<{
  input: SendChatInput;
}>;


export type SendChatMutation = { __typename?: 'Mutation', sendChat: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'ChatFieldsFragment': ChatFieldsFragment } }
  ) };

export type TakeBackMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type TakeBackMutation = { __typename?: 'Mutation', takeBack: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'ChatFieldsFragment': ChatFieldsFragment;'SaidFragment': SaidFragment } }
  ) };

export type SetFeelingMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  feeling?: InputMaybe<Emotion>;
}>;


export type SetFeelingMutation = { __typename?: 'Mutation', setFeeling: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'ChatFieldsFragment': ChatFieldsFragment;'SaidFragment': SaidFragment } }
  ) };

export type SaidFeelingsQueryVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
}>;


export type SaidFeelingsQuery = { __typename?: 'Query', recentChats: { __typename?: 'RecentChats', items: Array<(
      { __typename?: 'Chat', id: string, text: string, hidden: boolean }
      & { ' $fragmentRefs'?: { 'SaidFragment': SaidFragment } }
    )> }, mood: { __typename?: 'Mood', messageCount: number, saidShare: number, scores: Array<{ __typename?: 'EmotionScore', emotion: Emotion, score: number }> } };

export type SetTypingMutationVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
  typing: Scalars['Boolean']['input'];
}>;


export type SetTypingMutation = { __typename?: 'Mutation', setTyping: boolean };

export type CreateRoomMutationVariables = Exact<{
  input: CreateRoomInput;
}>;


export type CreateRoomMutation = { __typename?: 'Mutation', createRoom: { __typename?: 'Room', id: string, title: string, anonymous: boolean, online: number } };

export type RunInsightMutationVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
}>;


export type RunInsightMutation = { __typename?: 'Mutation', runInsight: (
    { __typename?: 'Insight' }
    & { ' $fragmentRefs'?: { 'InsightFieldsFragment': InsightFieldsFragment } }
  ) };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { __typename?: 'Query', me?: { __typename?: 'User', id: string, username: string, email?: string | null, joinedAt: string, messageCount: number } | null };

export type UsernameAvailableQueryVariables = Exact<{
  username: Scalars['String']['input'];
}>;


export type UsernameAvailableQuery = { __typename?: 'Query', usernameAvailable: boolean };

export type RoomsQueryVariables = Exact<{ [key: string]: never; }>;


export type RoomsQuery = { __typename?: 'Query', rooms: Array<{ __typename?: 'Room', id: string, title: string, anonymous: boolean, online: number }> };

export type ChatLogsQueryVariables = Exact<{
  page?: InputMaybe<Scalars['Int']['input']>;
  pageSize?: InputMaybe<Scalars['Int']['input']>;
}>;


export type ChatLogsQuery = { __typename?: 'Query', chatLogs: { __typename?: 'ChatPage', page: number, pageSize: number, hasMore: boolean, items: Array<(
      { __typename?: 'Chat' }
      & { ' $fragmentRefs'?: { 'ChatFieldsFragment': ChatFieldsFragment } }
    )> } };

export type RecentChatsQueryVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
}>;


export type RecentChatsQuery = { __typename?: 'Query', recentChats: { __typename?: 'RecentChats', cursor: string, items: Array<(
      { __typename?: 'Chat' }
      & { ' $fragmentRefs'?: { 'ChatFieldsFragment': ChatFieldsFragment } }
    )> } };

export type ChatsQueryVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['ChatCursor']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['ChatCursor']['input']>;
}>;


export type ChatsQuery = { __typename?: 'Query', chats: { __typename?: 'ChatConnection', edges: Array<{ __typename?: 'ChatEdge', cursor: string, node: (
        { __typename?: 'Chat' }
        & { ' $fragmentRefs'?: { 'ChatFieldsFragment': ChatFieldsFragment } }
      ) }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type MoodQueryVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
  minutes?: InputMaybe<Scalars['Int']['input']>;
}>;


export type MoodQuery = { __typename?: 'Query', mood: (
    { __typename?: 'Mood' }
    & { ' $fragmentRefs'?: { 'MoodFieldsFragment': MoodFieldsFragment } }
  ) };

export type MoodTimelineQueryVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
  from: Scalars['DateTimeISO']['input'];
  to: Scalars['DateTimeISO']['input'];
  bucket?: InputMaybe<MoodBucket>;
}>;


export type MoodTimelineQuery = { __typename?: 'Query', moodTimeline: Array<(
    { __typename?: 'Mood' }
    & { ' $fragmentRefs'?: { 'MoodFieldsFragment': MoodFieldsFragment } }
  )> };

export type InsightQueryVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
}>;


export type InsightQuery = { __typename?: 'Query', insight?: (
    { __typename?: 'Insight' }
    & { ' $fragmentRefs'?: { 'InsightFieldsFragment': InsightFieldsFragment } }
  ) | null };

export type InsightsQueryVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type InsightsQuery = { __typename?: 'Query', insights: { __typename?: 'InsightConnection', edges: Array<{ __typename?: 'InsightEdge', cursor: string, node: (
        { __typename?: 'Insight' }
        & { ' $fragmentRefs'?: { 'InsightFieldsFragment': InsightFieldsFragment } }
      ) }>, pageInfo: { __typename?: 'InsightPageInfo', hasNextPage: boolean, endCursor?: string | null } } };

export type NewChatSubscriptionVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['ChatCursor']['input']>;
}>;


export type NewChatSubscription = { __typename?: 'Subscription', newChat: (
    { __typename?: 'Chat' }
    & { ' $fragmentRefs'?: { 'ChatFieldsFragment': ChatFieldsFragment } }
  ) };

export type RoomActivitySubscriptionVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
}>;


export type RoomActivitySubscription = { __typename?: 'Subscription', roomActivity: { __typename?: 'RoomActivity', kind: ActivityKind, room: string, author?: string | null, online: number } };

export type MoodChangedSubscriptionVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
}>;


export type MoodChangedSubscription = { __typename?: 'Subscription', moodChanged: (
    { __typename?: 'Mood' }
    & { ' $fragmentRefs'?: { 'MoodFieldsFragment': MoodFieldsFragment } }
  ) };

export type InsightReadySubscriptionVariables = Exact<{
  room?: InputMaybe<Scalars['ID']['input']>;
}>;


export type InsightReadySubscription = { __typename?: 'Subscription', insightReady: (
    { __typename?: 'Insight' }
    & { ' $fragmentRefs'?: { 'InsightFieldsFragment': InsightFieldsFragment } }
  ) };

export type AuthorNameQueryVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type AuthorNameQuery = { __typename?: 'Query', authorName: string };

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
export const StateFieldsFragmentDoc = new TypedDocumentString(`
    fragment StateFields on Chat {
  id
  text
  hidden
  empathies {
    empathy
    count
  }
}
    `, {"fragmentName":"StateFields"}) as unknown as TypedDocumentString<StateFieldsFragment, unknown>;
export const ChatFieldsFragmentDoc = new TypedDocumentString(`
    fragment ChatFields on Chat {
  id
  room
  author
  text
  sentAt
  cursor
  emotions {
    emotion
    score
  }
  dominantEmotion
  hidden
}
    `, {"fragmentName":"ChatFields"}) as unknown as TypedDocumentString<ChatFieldsFragment, unknown>;
export const SaidFragmentDoc = new TypedDocumentString(`
    fragment Said on Chat {
  feeling
  shownEmotion
  answers
}
    `, {"fragmentName":"Said"}) as unknown as TypedDocumentString<SaidFragment, unknown>;
export const TokensFragmentDoc = new TypedDocumentString(`
    fragment Tokens on AuthPayload {
  accessToken
  accessTokenExpiresAt
  refreshToken
  user {
    id
    username
    email
    joinedAt
    messageCount
  }
}
    `, {"fragmentName":"Tokens"}) as unknown as TypedDocumentString<TokensFragment, unknown>;
export const MoodFieldsFragmentDoc = new TypedDocumentString(`
    fragment MoodFields on Mood {
  room
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
export const InsightFieldsFragmentDoc = new TypedDocumentString(`
    fragment InsightFields on Insight {
  id
  room
  windowStart
  windowEnd
  createdAt
  letter
  locale
  topics
  messageCount
  participantCount
  scheduled
  source
  model
  mood {
    ...MoodFields
  }
}
    fragment MoodFields on Mood {
  room
  windowStart
  windowEnd
  messageCount
  scores {
    emotion
    score
  }
  dominantEmotion
  valence
}`, {"fragmentName":"InsightFields"}) as unknown as TypedDocumentString<InsightFieldsFragment, unknown>;
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
export const ExportMyDataDocument = new TypedDocumentString(`
    query ExportMyData($page: Int) {
  exportMyData(page: $page)
}
    `, {"hash":"d48ef752b0164f8a0146248b3a91f697160c952dcc0aaefafe0e7d198f70128f"}) as unknown as TypedDocumentString<ExportMyDataQuery, ExportMyDataQueryVariables>;
export const EndSessionDocument = new TypedDocumentString(`
    mutation EndSession($id: ID!) {
  endSession(id: $id)
}
    `, {"hash":"67188c8e2ce8c2ea48c1bd4d57c0a8a15dc811c26d6565548a58888de31ab5fc"}) as unknown as TypedDocumentString<EndSessionMutation, EndSessionMutationVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($currentPassword: String!, $newPassword: String!) {
  changePassword(currentPassword: $currentPassword, newPassword: $newPassword)
}
    `, {"hash":"e7c1262b932d16bc95f5388cb8b5adf0068267fa408f325eef91fb269e82857c"}) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const RequestPasswordResetDocument = new TypedDocumentString(`
    mutation RequestPasswordReset($login: String!) {
  requestPasswordReset(login: $login)
}
    `, {"hash":"70a87484d45e29f354c85b600509561593ddaa70c236a791e13ecfd76c9fbff3"}) as unknown as TypedDocumentString<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const CreatePasswordResetDocument = new TypedDocumentString(`
    mutation CreatePasswordReset($username: String!) {
  createPasswordReset(username: $username) {
    url
    expiresAt
  }
}
    `, {"hash":"47e4a1998a669fd2270d664db42d687580a64a49375d74f8b05ccde1384fe833"}) as unknown as TypedDocumentString<CreatePasswordResetMutation, CreatePasswordResetMutationVariables>;
export const ResetPasswordDocument = new TypedDocumentString(`
    mutation ResetPassword($token: String!, $newPassword: String!) {
  resetPassword(token: $token, newPassword: $newPassword) {
    accessToken
    refreshToken
    user {
      username
    }
  }
}
    `, {"hash":"7ce89f3b915684339faf3d9dd860d4753ee0ca600e2b65f342ed7499cd5c63ed"}) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const EnterAsGuestDocument = new TypedDocumentString(`
    mutation EnterAsGuest($invite: ID) {
  enterAsGuest(invite: $invite) {
    accessToken
    refreshToken
    user {
      id
      username
      email
      isGuest
    }
  }
}
    `, {"hash":"66a61410db4a2520f77af740b94d1674bd000f8aca06283945a52190e55fcf32"}) as unknown as TypedDocumentString<EnterAsGuestMutation, EnterAsGuestMutationVariables>;
export const ClaimAccountDocument = new TypedDocumentString(`
    mutation ClaimAccount($input: RegisterInput!) {
  claimAccount(input: $input) {
    id
    username
    email
    isGuest
    messageCount
  }
}
    `, {"hash":"a278444200f0c52705fcfbbc4cf9c2923fb2ab7299a9a955734180da55a38ddb"}) as unknown as TypedDocumentString<ClaimAccountMutation, ClaimAccountMutationVariables>;
export const SetEmpathyDocument = new TypedDocumentString(`
    mutation SetEmpathy($chatId: ID!, $empathy: Empathy) {
  setEmpathy(chatId: $chatId, empathy: $empathy) {
    ...StateFields
  }
}
    fragment StateFields on Chat {
  id
  text
  hidden
  empathies {
    empathy
    count
  }
}`, {"hash":"0d558e34c9e904598bd44bc55305aa0042d7e4267090417d0156b962d3e350f9"}) as unknown as TypedDocumentString<SetEmpathyMutation, SetEmpathyMutationVariables>;
export const ChatDocument = new TypedDocumentString(`
    query Chat($id: ID!) {
  chat(id: $id) {
    ...StateFields
  }
}
    fragment StateFields on Chat {
  id
  text
  hidden
  empathies {
    empathy
    count
  }
}`, {"hash":"6c64f6ee6e74b555b3fb7f0e294dc6d90be1da231ffde26551c2b5afb93ce1ff"}) as unknown as TypedDocumentString<ChatQuery, ChatQueryVariables>;
export const ChatMarksDocument = new TypedDocumentString(`
    query ChatMarks($ids: [ID!]!) {
  chatMarks(ids: $ids) {
    chatId
    mine
    empathy
  }
}
    `, {"hash":"442395182d420d8f2bfa1c90a5e28f05d3954e570e4d76cf17149397930f8ae6"}) as unknown as TypedDocumentString<ChatMarksQuery, ChatMarksQueryVariables>;
export const RecentStatesDocument = new TypedDocumentString(`
    query RecentStates($room: ID, $first: Int) {
  recentChats(room: $room, first: $first) {
    items {
      ...StateFields
    }
  }
}
    fragment StateFields on Chat {
  id
  text
  hidden
  empathies {
    empathy
    count
  }
}`, {"hash":"4a175206f7273858390ad2509482b525976d656706502a57b6e9152d1df54c93"}) as unknown as TypedDocumentString<RecentStatesQuery, RecentStatesQueryVariables>;
export const ChatStatesDocument = new TypedDocumentString(`
    query ChatStates($room: ID, $first: Int) {
  chats(room: $room, first: $first) {
    edges {
      node {
        ...StateFields
      }
    }
  }
}
    fragment StateFields on Chat {
  id
  text
  hidden
  empathies {
    empathy
    count
  }
}`, {"hash":"174f1d0301692887925306625288cac3315a05115716513ec36d4fbf94de8163"}) as unknown as TypedDocumentString<ChatStatesQuery, ChatStatesQueryVariables>;
export const ChatChangedDocument = new TypedDocumentString(`
    subscription ChatChanged($room: ID) {
  chatChanged(room: $room) {
    ...StateFields
  }
}
    fragment StateFields on Chat {
  id
  text
  hidden
  empathies {
    empathy
    count
  }
}`, {"hash":"1efeb78199b3d8ab3269bacf097204e2618dafba103869ac4fab4498175ac8e8"}) as unknown as TypedDocumentString<ChatChangedSubscription, ChatChangedSubscriptionVariables>;
export const HostRoomDocument = new TypedDocumentString(`
    mutation HostRoom($id: ID!, $title: String, $visibility: Visibility, $wordFilter: WordFilter, $ownWords: [String!], $guestsMayWrite: Boolean, $letterByModel: Boolean) {
  updateRoom(
    id: $id
    title: $title
    visibility: $visibility
    wordFilter: $wordFilter
    ownWords: $ownWords
    guestsMayWrite: $guestsMayWrite
    letterByModel: $letterByModel
  ) {
    id
    title
    visibility
    guestsMayWrite
    letterByModel
    ownWords
  }
}
    `, {"hash":"ab7da194c16bcd24d5184ffa6315766ea5f1d8423361058e814d5738a06befdf"}) as unknown as TypedDocumentString<HostRoomMutation, HostRoomMutationVariables>;
export const RoomSettingsDocument = new TypedDocumentString(`
    query RoomSettings($id: ID!) {
  room(id: $id) {
    title
    visibility
    archived
    letterByModel
    ownWords
    screen
  }
}
    `, {"hash":"37215961dc7d89716a0a24c0efd3b14626b770c86cb35b1ab957a4b86a29016a"}) as unknown as TypedDocumentString<RoomSettingsQuery, RoomSettingsQueryVariables>;
export const SetScreenDocument = new TypedDocumentString(`
    mutation SetScreen($room: ID!, $state: ScreenState!) {
  setScreen(room: $room, state: $state)
}
    `, {"hash":"7e43746b6a34a26cf64ff074c0b037fd0b3c72e7790d24770c3111e7ec0ff4a7"}) as unknown as TypedDocumentString<SetScreenMutation, SetScreenMutationVariables>;
export const DeleteRoomDocument = new TypedDocumentString(`
    mutation DeleteRoom($room: ID!, $title: String!) {
  deleteRoom(room: $room, title: $title)
}
    `, {"hash":"162bb03dcc5c5fedb2bef8a1a2c9e96e25bd612b79ac20bd147313d2c8c53e47"}) as unknown as TypedDocumentString<DeleteRoomMutation, DeleteRoomMutationVariables>;
export const RoomReportsDocument = new TypedDocumentString(`
    query RoomReports($room: ID) {
  reports(room: $room) {
    chat {
      id
    }
    reasons
  }
}
    `, {"hash":"b8892d804b01bb45431a0e440de18f529429798425f30926a7c54d6a8b77d495"}) as unknown as TypedDocumentString<RoomReportsQuery, RoomReportsQueryVariables>;
export const RoomAuditLogDocument = new TypedDocumentString(`
    query RoomAuditLog($room: ID) {
  auditLog(room: $room) {
    actor
    action
    room
    details
  }
}
    `, {"hash":"9274b4827cee5004555a779debfdf8c1a73c11ea1577a24c099dccd2d07d901d"}) as unknown as TypedDocumentString<RoomAuditLogQuery, RoomAuditLogQueryVariables>;
export const ReportChatDocument = new TypedDocumentString(`
    mutation ReportChat($id: ID!, $reason: String!, $alsoModerators: Boolean) {
  reportChat(id: $id, reason: $reason, alsoModerators: $alsoModerators)
}
    `, {"hash":"b3c1286c3e7d894cc38b9b1a5db665e8e31406458196d7daa765c3b1d4135cdd"}) as unknown as TypedDocumentString<ReportChatMutation, ReportChatMutationVariables>;
export const ReportsDocument = new TypedDocumentString(`
    query Reports {
  reports {
    chat {
      id
      text
    }
    reasons
  }
}
    `, {"hash":"89fdac6c4e8a3188463a555ba040bc445864baa72278bae34286dd2197229fab"}) as unknown as TypedDocumentString<ReportsQuery, ReportsQueryVariables>;
export const DismissReportsDocument = new TypedDocumentString(`
    mutation DismissReports($id: ID!) {
  dismissReports(id: $id)
}
    `, {"hash":"d2bb3c66aadd7c8310145a6c1dde086825493715f98b9ec82e25aad129376ba4"}) as unknown as TypedDocumentString<DismissReportsMutation, DismissReportsMutationVariables>;
export const HideChatDocument = new TypedDocumentString(`
    mutation HideChat($id: ID!, $reason: String!) {
  hideChat(id: $id, reason: $reason) {
    ...ChatFields
  }
}
    fragment ChatFields on Chat {
  id
  room
  author
  text
  sentAt
  cursor
  emotions {
    emotion
    score
  }
  dominantEmotion
  hidden
}`, {"hash":"5d6534f47575e6c047bd80cd590d4e0021144e6b27fd2eb898f3b8c1198771bd"}) as unknown as TypedDocumentString<HideChatMutation, HideChatMutationVariables>;
export const MuteAuthorDocument = new TypedDocumentString(`
    mutation MuteAuthor($chatId: ID!, $minutes: Int!, $reason: String!) {
  muteAuthor(chatId: $chatId, minutes: $minutes, reason: $reason)
}
    `, {"hash":"78aa0e474b5eba040e4699b286a19950675ca28301bd75bfef94685b7748ab5d"}) as unknown as TypedDocumentString<MuteAuthorMutation, MuteAuthorMutationVariables>;
export const UnmuteAuthorDocument = new TypedDocumentString(`
    mutation UnmuteAuthor($chatId: ID!) {
  unmuteAuthor(chatId: $chatId)
}
    `, {"hash":"e3151e41ac47b38a7f33947eee77d1979136f8dba884b0901216efed8a853b58"}) as unknown as TypedDocumentString<UnmuteAuthorMutation, UnmuteAuthorMutationVariables>;
export const UpdateRoomDocument = new TypedDocumentString(`
    mutation UpdateRoom($id: ID!, $wordFilter: WordFilter, $slowModeSeconds: Int) {
  updateRoom(id: $id, wordFilter: $wordFilter, slowModeSeconds: $slowModeSeconds) {
    id
    wordFilter
    slowModeSeconds
  }
}
    `, {"hash":"cd33a22021de8d738a0de74497e7d373860ba63fa853decf6ff84419f9f5fb2c"}) as unknown as TypedDocumentString<UpdateRoomMutation, UpdateRoomMutationVariables>;
export const AuditLogDocument = new TypedDocumentString(`
    query AuditLog($first: Int!, $before: ID) {
  auditLog(first: $first, before: $before) {
    id
    actor
    action
    subject
    details
  }
}
    `, {"hash":"5a7d52c1aba27a38d06a95efa0130c77b84e39b7ee610e602c546918c646d13a"}) as unknown as TypedDocumentString<AuditLogQuery, AuditLogQueryVariables>;
export const DeleteAccountDocument = new TypedDocumentString(`
    mutation DeleteAccount($password: String!) {
  deleteAccount(password: $password)
}
    `, {"hash":"079ed3d63e49391a082d27ee1a18987abd47582eb900e04fc8ec98daf9f9362a"}) as unknown as TypedDocumentString<DeleteAccountMutation, DeleteAccountMutationVariables>;
export const ChatHiddenDocument = new TypedDocumentString(`
    subscription ChatHidden($room: ID) {
  chatHidden(room: $room) {
    ...ChatFields
  }
}
    fragment ChatFields on Chat {
  id
  room
  author
  text
  sentAt
  cursor
  emotions {
    emotion
    score
  }
  dominantEmotion
  hidden
}`, {"hash":"cbb76e0912ea75c8d1677475f6f05d31f5163fb0cc70d133478cff9af7ee9fa3"}) as unknown as TypedDocumentString<ChatHiddenSubscription, ChatHiddenSubscriptionVariables>;
export const PushKeyDocument = new TypedDocumentString(`
    query PushKey {
  pushKey
}
    `, {"hash":"8952e8d305d4c81dfcdd28fbc4615fce83f59310326e35a32b41540f164ce286"}) as unknown as TypedDocumentString<PushKeyQuery, PushKeyQueryVariables>;
export const SubscribePushDocument = new TypedDocumentString(`
    mutation SubscribePush($room: ID, $subscription: PushInput!) {
  subscribePush(room: $room, subscription: $subscription)
}
    `, {"hash":"f28d13f2104e061ecba1513c1c524e6aed7a58f55c575c300fe1cffdcd30d3eb"}) as unknown as TypedDocumentString<SubscribePushMutation, SubscribePushMutationVariables>;
export const UnsubscribePushDocument = new TypedDocumentString(`
    mutation UnsubscribePush($endpoint: String!) {
  unsubscribePush(endpoint: $endpoint)
}
    `, {"hash":"e733aeb09c47511c3c6daf06c22a520464fd4f41e0520d89330c9959203e97bf"}) as unknown as TypedDocumentString<UnsubscribePushMutation, UnsubscribePushMutationVariables>;
export const RoomDocument = new TypedDocumentString(`
    query Room($id: ID!) {
  room(id: $id) {
    id
    title
    visibility
    archived
    guestsMayWrite
  }
}
    `, {"hash":"f6fa9fb04e6bc9ba01be0c06b627aa521d41d6f2d1bcd81d3327c47e9d9b8f70"}) as unknown as TypedDocumentString<RoomQuery, RoomQueryVariables>;
export const MyRoomsDocument = new TypedDocumentString(`
    query MyRooms {
  myRooms {
    id
  }
}
    `, {"hash":"0a57f2901a5985c87f4c70a62439f1822a16150f5b7a8d5951b9cbe9d5789505"}) as unknown as TypedDocumentString<MyRoomsQuery, MyRoomsQueryVariables>;
export const MyRoleDocument = new TypedDocumentString(`
    query MyRole($room: ID!) {
  myRole(room: $room)
}
    `, {"hash":"07b89c5f3620fd0c449bec74184ed32f615d304ff48cd40411a7e2e2fc0c4b8b"}) as unknown as TypedDocumentString<MyRoleQuery, MyRoleQueryVariables>;
export const MembersDocument = new TypedDocumentString(`
    query Members($room: ID!, $first: Int, $after: String) {
  members(room: $room, first: $first, after: $after) {
    edges {
      cursor
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
    `, {"hash":"5e125e7b8c66f9c35692cd58d96abd242721b06ef384565f7e551ca0b3796209"}) as unknown as TypedDocumentString<MembersQuery, MembersQueryVariables>;
export const InvitesDocument = new TypedDocumentString(`
    query Invites($room: ID!) {
  invites(room: $room) {
    code
    usesLeft
  }
}
    `, {"hash":"49603991cfcc26ed4916321588fd8c4eb9ac84f49284eb0066f765458a1c45be"}) as unknown as TypedDocumentString<InvitesQuery, InvitesQueryVariables>;
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
export const CreateInviteDocument = new TypedDocumentString(`
    mutation CreateInvite($room: ID!, $maxUses: Int, $expiresInHours: Int) {
  createInvite(room: $room, maxUses: $maxUses, expiresInHours: $expiresInHours) {
    code
    room
    url
    usesLeft
    expiresAt
  }
}
    `, {"hash":"bd0685c156b815ba68bdb5785e023de5fa2ad76d001dc13ab028df8113879035"}) as unknown as TypedDocumentString<CreateInviteMutation, CreateInviteMutationVariables>;
export const RevokeInviteDocument = new TypedDocumentString(`
    mutation RevokeInvite($code: ID!) {
  revokeInvite(code: $code)
}
    `, {"hash":"fea9d09200b80270a8088da42336b7bc6d9e969bf26988399b86debb305e66f1"}) as unknown as TypedDocumentString<RevokeInviteMutation, RevokeInviteMutationVariables>;
export const JoinRoomDocument = new TypedDocumentString(`
    mutation JoinRoom($code: ID!) {
  joinRoom(code: $code) {
    id
  }
}
    `, {"hash":"efc527c97e82b07410c2c2d89f5358e6e755ac167e13f7bf43fa6058700eb220"}) as unknown as TypedDocumentString<JoinRoomMutation, JoinRoomMutationVariables>;
export const LeaveRoomDocument = new TypedDocumentString(`
    mutation LeaveRoom($room: ID!) {
  leaveRoom(room: $room)
}
    `, {"hash":"5355c3d8a379aae2fa92953a49ba87dff7ef3ca8e50b3a959cd988496b1abc8b"}) as unknown as TypedDocumentString<LeaveRoomMutation, LeaveRoomMutationVariables>;
export const RemoveMemberDocument = new TypedDocumentString(`
    mutation RemoveMember($room: ID!, $username: String!) {
  removeMember(room: $room, username: $username)
}
    `, {"hash":"1ce25b30a97347268724627895dfa75508eba25a8220236d0457ff05cd45f589"}) as unknown as TypedDocumentString<RemoveMemberMutation, RemoveMemberMutationVariables>;
export const SetRoleDocument = new TypedDocumentString(`
    mutation SetRole($room: ID!, $username: String!, $role: RoomRole!) {
  setRole(room: $room, username: $username, role: $role) {
    username
    role
  }
}
    `, {"hash":"0c4fb9ebb0556d27ea9171c77a46e0b2b41c287524e143ac178845b3879fd240"}) as unknown as TypedDocumentString<SetRoleMutation, SetRoleMutationVariables>;
export const ChangeRoomDocument = new TypedDocumentString(`
    mutation ChangeRoom($id: ID!, $visibility: Visibility, $guestsMayWrite: Boolean) {
  updateRoom(id: $id, visibility: $visibility, guestsMayWrite: $guestsMayWrite) {
    id
    visibility
  }
}
    `, {"hash":"ab808f38c375b49856a27a0acb65102b708a473aab1d5229fb4374dd3b8cbed7"}) as unknown as TypedDocumentString<ChangeRoomMutation, ChangeRoomMutationVariables>;
export const ArchiveRoomDocument = new TypedDocumentString(`
    mutation ArchiveRoom($room: ID!, $archived: Boolean!) {
  archiveRoom(room: $room, archived: $archived) {
    archived
  }
}
    `, {"hash":"184a705ad66688ac5c6bfc75af50c88859599a0534d7827b20286c5988bb49d3"}) as unknown as TypedDocumentString<ArchiveRoomMutation, ArchiveRoomMutationVariables>;
export const RegisterDocument = new TypedDocumentString(`
    mutation Register($input: RegisterInput!) {
  register(input: $input) {
    ...Tokens
  }
}
    fragment Tokens on AuthPayload {
  accessToken
  accessTokenExpiresAt
  refreshToken
  user {
    id
    username
    email
    joinedAt
    messageCount
  }
}`, {"hash":"b345f8f0af9ddbe4160f87a253d8b9256debe606608b950b0ab99d040b69a385"}) as unknown as TypedDocumentString<RegisterMutation, RegisterMutationVariables>;
export const LoginDocument = new TypedDocumentString(`
    mutation Login($input: LoginInput!) {
  login(input: $input) {
    ...Tokens
  }
}
    fragment Tokens on AuthPayload {
  accessToken
  accessTokenExpiresAt
  refreshToken
  user {
    id
    username
    email
    joinedAt
    messageCount
  }
}`, {"hash":"f91b38ac3886664b8226ffcb2d8cd33961785041bf2b11367c7b40cf4cd56ef6"}) as unknown as TypedDocumentString<LoginMutation, LoginMutationVariables>;
export const RefreshDocument = new TypedDocumentString(`
    mutation Refresh($refreshToken: String!) {
  refresh(refreshToken: $refreshToken) {
    ...Tokens
  }
}
    fragment Tokens on AuthPayload {
  accessToken
  accessTokenExpiresAt
  refreshToken
  user {
    id
    username
    email
    joinedAt
    messageCount
  }
}`, {"hash":"bb0d3dd52b406b83d1b60a85fc5b40c0c7a3fdec915dd0975c7b4ec9c0a1c75c"}) as unknown as TypedDocumentString<RefreshMutation, RefreshMutationVariables>;
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
export const SendChatDocument = new TypedDocumentString(`
    mutation SendChat($input: SendChatInput!) {
  sendChat(input: $input) {
    ...ChatFields
  }
}
    fragment ChatFields on Chat {
  id
  room
  author
  text
  sentAt
  cursor
  emotions {
    emotion
    score
  }
  dominantEmotion
  hidden
}`, {"hash":"656c9cb92802c92c70f8574cb3a0a9430c711bd7310df6d95311edfad342d993"}) as unknown as TypedDocumentString<SendChatMutation, SendChatMutationVariables>;
export const TakeBackDocument = new TypedDocumentString(`
    mutation TakeBack($id: ID!) {
  takeBack(id: $id) {
    ...ChatFields
    ...Said
  }
}
    fragment ChatFields on Chat {
  id
  room
  author
  text
  sentAt
  cursor
  emotions {
    emotion
    score
  }
  dominantEmotion
  hidden
}
fragment Said on Chat {
  feeling
  shownEmotion
  answers
}`, {"hash":"b8ee0593b90d7a293d781481c0278875557da0cf43f3b8106dbef2a86a76a3e2"}) as unknown as TypedDocumentString<TakeBackMutation, TakeBackMutationVariables>;
export const SetFeelingDocument = new TypedDocumentString(`
    mutation SetFeeling($id: ID!, $feeling: Emotion) {
  setFeeling(id: $id, feeling: $feeling) {
    ...ChatFields
    ...Said
  }
}
    fragment ChatFields on Chat {
  id
  room
  author
  text
  sentAt
  cursor
  emotions {
    emotion
    score
  }
  dominantEmotion
  hidden
}
fragment Said on Chat {
  feeling
  shownEmotion
  answers
}`, {"hash":"76476096eff1702ed7ef962b1c9a3922ebbcbc19ff9fc5c1cd47111061ccb51f"}) as unknown as TypedDocumentString<SetFeelingMutation, SetFeelingMutationVariables>;
export const SaidFeelingsDocument = new TypedDocumentString(`
    query SaidFeelings($room: ID) {
  recentChats(room: $room) {
    items {
      id
      text
      hidden
      ...Said
    }
  }
  mood(room: $room, minutes: 60) {
    messageCount
    saidShare
    scores {
      emotion
      score
    }
  }
}
    fragment Said on Chat {
  feeling
  shownEmotion
  answers
}`, {"hash":"6538e95c42619e970e7e8633ccfad95667e71e8429c6efe32425cb48a6f0dfa0"}) as unknown as TypedDocumentString<SaidFeelingsQuery, SaidFeelingsQueryVariables>;
export const SetTypingDocument = new TypedDocumentString(`
    mutation SetTyping($room: ID, $typing: Boolean!) {
  setTyping(room: $room, typing: $typing)
}
    `, {"hash":"64330fb3ab875e7dadb2e1decfe65d51749c083ca25c2025c2f01e6634712cf3"}) as unknown as TypedDocumentString<SetTypingMutation, SetTypingMutationVariables>;
export const CreateRoomDocument = new TypedDocumentString(`
    mutation CreateRoom($input: CreateRoomInput!) {
  createRoom(input: $input) {
    id
    title
    anonymous
    online
  }
}
    `, {"hash":"630f6569c8864d8faa40076660a11e1bf9161d86bb03605001ff456a1edd9595"}) as unknown as TypedDocumentString<CreateRoomMutation, CreateRoomMutationVariables>;
export const RunInsightDocument = new TypedDocumentString(`
    mutation RunInsight($room: ID) {
  runInsight(room: $room) {
    ...InsightFields
  }
}
    fragment MoodFields on Mood {
  room
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
fragment InsightFields on Insight {
  id
  room
  windowStart
  windowEnd
  createdAt
  letter
  locale
  topics
  messageCount
  participantCount
  scheduled
  source
  model
  mood {
    ...MoodFields
  }
}`, {"hash":"7a4b84e90b7a08f4f8252ce5c493dcbbca8aad37773d685bb39e0a20d34b39be"}) as unknown as TypedDocumentString<RunInsightMutation, RunInsightMutationVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    id
    username
    email
    joinedAt
    messageCount
  }
}
    `, {"hash":"c119f50e83ac7a976851c0cf27a4568414f23716e20dee9042d40ce9ec115775"}) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const UsernameAvailableDocument = new TypedDocumentString(`
    query UsernameAvailable($username: String!) {
  usernameAvailable(username: $username)
}
    `, {"hash":"5140251786b31a836e485339bbf6a607e60cb654e8ff85cf57b60cf3828ab3a2"}) as unknown as TypedDocumentString<UsernameAvailableQuery, UsernameAvailableQueryVariables>;
export const RoomsDocument = new TypedDocumentString(`
    query Rooms {
  rooms {
    id
    title
    anonymous
    online
  }
}
    `, {"hash":"63a2c39965e8b76a35116d85829c4a082b18fcb34e1b24003109452bd616b404"}) as unknown as TypedDocumentString<RoomsQuery, RoomsQueryVariables>;
export const ChatLogsDocument = new TypedDocumentString(`
    query ChatLogs($page: Int, $pageSize: Int) {
  chatLogs(page: $page, pageSize: $pageSize) {
    page
    pageSize
    hasMore
    items {
      ...ChatFields
    }
  }
}
    fragment ChatFields on Chat {
  id
  room
  author
  text
  sentAt
  cursor
  emotions {
    emotion
    score
  }
  dominantEmotion
  hidden
}`, {"hash":"f985678f94025224e53f3633a1dc462bf11fadae13f07594a9a18253729715cf"}) as unknown as TypedDocumentString<ChatLogsQuery, ChatLogsQueryVariables>;
export const RecentChatsDocument = new TypedDocumentString(`
    query RecentChats($room: ID, $first: Int) {
  recentChats(room: $room, first: $first) {
    cursor
    items {
      ...ChatFields
    }
  }
}
    fragment ChatFields on Chat {
  id
  room
  author
  text
  sentAt
  cursor
  emotions {
    emotion
    score
  }
  dominantEmotion
  hidden
}`, {"hash":"238e1a30f44895a260832d79c840e6093bcf093e0e95d2b94148ce2e971259fd"}) as unknown as TypedDocumentString<RecentChatsQuery, RecentChatsQueryVariables>;
export const ChatsDocument = new TypedDocumentString(`
    query Chats($room: ID, $first: Int, $after: ChatCursor, $last: Int, $before: ChatCursor) {
  chats(room: $room, first: $first, after: $after, last: $last, before: $before) {
    edges {
      cursor
      node {
        ...ChatFields
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment ChatFields on Chat {
  id
  room
  author
  text
  sentAt
  cursor
  emotions {
    emotion
    score
  }
  dominantEmotion
  hidden
}`, {"hash":"d56095b910e48817231b61792ed05ca617dd89bc52bd3cf4669b86337f39bf09"}) as unknown as TypedDocumentString<ChatsQuery, ChatsQueryVariables>;
export const MoodDocument = new TypedDocumentString(`
    query Mood($room: ID, $minutes: Int) {
  mood(room: $room, minutes: $minutes) {
    ...MoodFields
  }
}
    fragment MoodFields on Mood {
  room
  windowStart
  windowEnd
  messageCount
  scores {
    emotion
    score
  }
  dominantEmotion
  valence
}`, {"hash":"69155f7cd9218c6c216ae065e5d0f9ce79aed300ca5b5e06061451c16651ecc4"}) as unknown as TypedDocumentString<MoodQuery, MoodQueryVariables>;
export const MoodTimelineDocument = new TypedDocumentString(`
    query MoodTimeline($room: ID, $from: DateTimeISO!, $to: DateTimeISO!, $bucket: MoodBucket) {
  moodTimeline(room: $room, from: $from, to: $to, bucket: $bucket) {
    ...MoodFields
  }
}
    fragment MoodFields on Mood {
  room
  windowStart
  windowEnd
  messageCount
  scores {
    emotion
    score
  }
  dominantEmotion
  valence
}`, {"hash":"d32f59b2d4e9f3aa1b5dee49d498a907a18db67c33575cc15347aa365be7a136"}) as unknown as TypedDocumentString<MoodTimelineQuery, MoodTimelineQueryVariables>;
export const InsightDocument = new TypedDocumentString(`
    query Insight($room: ID) {
  insight(room: $room) {
    ...InsightFields
  }
}
    fragment MoodFields on Mood {
  room
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
fragment InsightFields on Insight {
  id
  room
  windowStart
  windowEnd
  createdAt
  letter
  locale
  topics
  messageCount
  participantCount
  scheduled
  source
  model
  mood {
    ...MoodFields
  }
}`, {"hash":"65faa9341059b0ee19b8faa07b61a91f23d76e9380ac992f4784e4654a75d7fa"}) as unknown as TypedDocumentString<InsightQuery, InsightQueryVariables>;
export const InsightsDocument = new TypedDocumentString(`
    query Insights($room: ID, $first: Int, $after: String) {
  insights(room: $room, first: $first, after: $after) {
    edges {
      cursor
      node {
        ...InsightFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment MoodFields on Mood {
  room
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
fragment InsightFields on Insight {
  id
  room
  windowStart
  windowEnd
  createdAt
  letter
  locale
  topics
  messageCount
  participantCount
  scheduled
  source
  model
  mood {
    ...MoodFields
  }
}`, {"hash":"a94b5608fa2570bc2a1ef8db76da1f379ef6fe19cead78b3d32f6dab51ebe5b5"}) as unknown as TypedDocumentString<InsightsQuery, InsightsQueryVariables>;
export const NewChatDocument = new TypedDocumentString(`
    subscription NewChat($room: ID, $after: ChatCursor) {
  newChat(room: $room, after: $after) {
    ...ChatFields
  }
}
    fragment ChatFields on Chat {
  id
  room
  author
  text
  sentAt
  cursor
  emotions {
    emotion
    score
  }
  dominantEmotion
  hidden
}`, {"hash":"069722cbb90c99fef1961403b5b39bab4e27c5d197ff4d4878460ac9d20090cb"}) as unknown as TypedDocumentString<NewChatSubscription, NewChatSubscriptionVariables>;
export const RoomActivityDocument = new TypedDocumentString(`
    subscription RoomActivity($room: ID) {
  roomActivity(room: $room) {
    kind
    room
    author
    online
  }
}
    `, {"hash":"6ec017e4106bac9db8f78ee834dde074c358b1de1d1b9e6983f6a094dccd90b9"}) as unknown as TypedDocumentString<RoomActivitySubscription, RoomActivitySubscriptionVariables>;
export const MoodChangedDocument = new TypedDocumentString(`
    subscription MoodChanged($room: ID) {
  moodChanged(room: $room) {
    ...MoodFields
  }
}
    fragment MoodFields on Mood {
  room
  windowStart
  windowEnd
  messageCount
  scores {
    emotion
    score
  }
  dominantEmotion
  valence
}`, {"hash":"6ede5f80bc351ec398e354606313a27f0ebfcacb53fe00162cf7cfaa9805498b"}) as unknown as TypedDocumentString<MoodChangedSubscription, MoodChangedSubscriptionVariables>;
export const InsightReadyDocument = new TypedDocumentString(`
    subscription InsightReady($room: ID) {
  insightReady(room: $room) {
    ...InsightFields
  }
}
    fragment MoodFields on Mood {
  room
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
fragment InsightFields on Insight {
  id
  room
  windowStart
  windowEnd
  createdAt
  letter
  locale
  topics
  messageCount
  participantCount
  scheduled
  source
  model
  mood {
    ...MoodFields
  }
}`, {"hash":"a6f22e103deced6ea118162d01e14ee081862e116d370ec3b06e716bfe387b7f"}) as unknown as TypedDocumentString<InsightReadySubscription, InsightReadySubscriptionVariables>;
export const AuthorNameDocument = new TypedDocumentString(`
    query AuthorName($room: ID!) {
  authorName(room: $room)
}
    `, {"hash":"208cf6e1479fe7990c5d420a7ca7bac16fb5fe6235a649e43ea77d9892e56d40"}) as unknown as TypedDocumentString<AuthorNameQuery, AuthorNameQueryVariables>;