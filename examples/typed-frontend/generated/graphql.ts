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
  /** Opaque place in the message log. Hand it back to newChat(after:) or chats(after:/before:). It names a log generation and an offset, so a place in a log that no longer exists is noticed, never misread. */
  ChatCursor: { input: string; output: string; }
  /** A date-time string at UTC, such as 2007-12-03T10:15:30Z, compliant with the `date-time` format outlined in section 5.6 of the RFC 3339 profile of the ISO 8601 standard for representation of dates and times using the Gregorian calendar.This scalar is serialized to a string in ISO 8601 format and parsed from a string in ISO 8601 format. */
  DateTimeISO: { input: string; output: string; }
  /** The `JSONObject` scalar type represents JSON objects as specified by [ECMA-404](http://www.ecma-international.org/publications/files/ECMA-ST/ECMA-404.pdf). */
  JSONObject: { input: Record<string, unknown>; output: Record<string, unknown>; }
};

/** What somebody in a room just did. */
export const ActivityKind = {
  /** Came into the room. */
  Joined: 'JOINED',
  /** Left the room. */
  Left: 'LEFT',
  /** Stopped writing, sent or not. */
  StoppedTyping: 'STOPPED_TYPING',
  /** Is writing. */
  Typing: 'TYPING'
} as const;

export type ActivityKind = typeof ActivityKind[keyof typeof ActivityKind];
/** What was done. */
export const AuditAction = {
  /** Somebody deleted their account. */
  DeleteAccount: 'DELETE_ACCOUNT',
  /** A moderator closed the reports of a message. */
  DismissReports: 'DISMISS_REPORTS',
  /** A moderator hid a message. */
  HideChat: 'HIDE_CHAT',
  /** A moderator muted the author of a message. */
  MuteAuthor: 'MUTE_AUTHOR',
  /** Somebody reported a message. */
  ReportChat: 'REPORT_CHAT',
  /** Old texts were erased. */
  Retention: 'RETENTION',
  /** A moderator ended that. */
  UnmuteAuthor: 'UNMUTE_AUTHOR',
  /** A moderator changed the settings of a room. */
  UpdateRoom: 'UPDATE_ROOM'
} as const;

export type AuditAction = typeof AuditAction[keyof typeof AuditAction];
/** Who did what, and when. */
export type AuditEntry = {
  __typename?: 'AuditEntry';
  /** What was done. */
  action: AuditAction;
  /** The username of who did it, then; empty for the service itself. */
  actor: Scalars['String']['output'];
  /** When it was done. */
  at: Scalars['DateTimeISO']['output'];
  /** The reason given, or the new value. */
  details: Scalars['String']['output'];
  /** For auditLog(before:). */
  id: Scalars['ID']['output'];
  /** What it was done to: a message, a room, or nothing. */
  subject: Scalars['ID']['output'];
};

/** A fresh pair of tokens. */
export type AuthPayload = {
  __typename?: 'AuthPayload';
  /** Send it as "Authorization: Bearer …", and as authorization in connection_init. */
  accessToken: Scalars['String']['output'];
  /** When the access token ends. */
  accessTokenExpiresAt: Scalars['DateTimeISO']['output'];
  /** Single use: each refresh returns the next one; using an old one again ends that log-in everywhere. */
  refreshToken: Scalars['String']['output'];
  /** Who logged in. */
  user: User;
};

/** One message of a room. */
export type Chat = {
  __typename?: 'Chat';
  /** What to show as the author: the username, or the day’s alias in an anonymous room. Never an e-mail, never an account id. */
  author: Scalars['String']['output'];
  /** The place just after this message. */
  cursor: Scalars['ChatCursor']['output'];
  /** The strongest emotion, or null where none is clearly present. */
  dominantEmotion?: Maybe<Emotion>;
  /** All eight emotions, in the order of the enum. */
  emotions: Array<EmotionScore>;
  /** Hidden by a moderator, or erased: the message keeps its id, cursor and place, and its text is empty. */
  hidden: Scalars['Boolean']['output'];
  /** The same for every copy of the message, for ever. */
  id: Scalars['ID']['output'];
  /** The room it was written in. */
  room: Scalars['ID']['output'];
  /** When the log took it; never before the message before it. */
  sentAt: Scalars['DateTimeISO']['output'];
  /** 1 to 1,000 characters; empty when hidden. */
  text: Scalars['String']['output'];
};

/** A stretch of a room’s history, newest first. */
export type ChatConnection = {
  __typename?: 'ChatConnection';
  /** Newest first. */
  edges: Array<ChatEdge>;
  /** Where this stretch stands. */
  pageInfo: PageInfo;
};

/** A message and its place. */
export type ChatEdge = {
  __typename?: 'ChatEdge';
  /** The place of the message in the list. */
  cursor: Scalars['ChatCursor']['output'];
  /** The message. */
  node: Chat;
};

/** A page of messages by number. */
export type ChatPage = {
  __typename?: 'ChatPage';
  /** Whether the next page has any. */
  hasMore: Scalars['Boolean']['output'];
  /** Newest first. */
  items: Array<Chat>;
  /** The number of this page, from 1. */
  page: Scalars['Int']['output'];
  /** How many messages a page holds at most. */
  pageSize: Scalars['Int']['output'];
};

/** A new room. */
export type CreateRoomInput = {
  /** Whether authors appear under a daily alias. */
  anonymous?: Scalars['Boolean']['input'];
  /** Slug, 1-40 of a-z, 0-9 and "-". */
  id: Scalars['ID']['input'];
  /** 1 to 80 characters. */
  title: Scalars['String']['input'];
};

/** What a message can express: four pleasant feelings, then four unpleasant ones. */
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
  /** The emotion that is scored. */
  emotion: Emotion;
  /** 0 (absent) to 1 (certain). */
  score: Scalars['Float']['output'];
};

/** The analysis of one room over one window of the schedule. */
export type Insight = {
  __typename?: 'Insight';
  /** When it was written. */
  createdAt: Scalars['DateTimeISO']['output'];
  /** The same for every reader. */
  id: Scalars['ID']['output'];
  /** The letter, Markdown. Quotes nobody. */
  letter: Scalars['String']['output'];
  /** ko or en. */
  locale: Scalars['String']['output'];
  /** How many messages the window held. */
  messageCount: Scalars['Int']['output'];
  /** The model that wrote the letter, e.g. gpt-4o-mini, or the local model’s name and version. */
  model: Scalars['String']['output'];
  /** The mood of the window. */
  mood: Mood;
  /** How many accounts wrote in it. */
  participantCount: Scalars['Int']['output'];
  /** The room it speaks of. */
  room: Scalars['ID']['output'];
  /** True for a run of the schedule, false for one an administrator asked for. */
  scheduled: Scalars['Boolean']['output'];
  /** Who wrote the letter. */
  source: InsightSource;
  /** What the room spoke about, most telling first. */
  topics: Array<Scalars['String']['output']>;
  /** End of the window, exclusive. */
  windowEnd: Scalars['DateTimeISO']['output'];
  /** Start of the window, inclusive. */
  windowStart: Scalars['DateTimeISO']['output'];
};

/** Analyses of a room, newest first. */
export type InsightConnection = {
  __typename?: 'InsightConnection';
  /** Newest first. */
  edges: Array<InsightEdge>;
  /** Whether there is more. */
  pageInfo: InsightPageInfo;
};

/** An analysis and its place in the list. */
export type InsightEdge = {
  __typename?: 'InsightEdge';
  /** Hand it to insights(after:). */
  cursor: Scalars['String']['output'];
  /** The analysis. */
  node: Insight;
};

/** Whether older analyses follow. */
export type InsightPageInfo = {
  __typename?: 'InsightPageInfo';
  /** Cursor of the last edge. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether older analyses follow. */
  hasNextPage: Scalars['Boolean']['output'];
};

/** Who wrote the letter. */
export const InsightSource = {
  /** The local analyser; nothing left the server. */
  Local: 'LOCAL',
  /** A GPT model. */
  Openai: 'OPENAI'
} as const;

export type InsightSource = typeof InsightSource[keyof typeof InsightSource];
/** Who logs in. */
export type LoginInput = {
  /** username or e-mail */
  login: Scalars['String']['input'];
  /** The password of the account. */
  password: Scalars['String']['input'];
};

/** The mood of a room over a window of time, from every message in it. */
export type Mood = {
  __typename?: 'Mood';
  /** The emotion that stands out, or null where none does. */
  dominantEmotion?: Maybe<Emotion>;
  /** How many messages the window holds. */
  messageCount: Scalars['Int']['output'];
  /** The room it was measured in. */
  room: Scalars['ID']['output'];
  /** Mean scores; all zero when messageCount is 0. */
  scores: Array<EmotionScore>;
  /** Pleasantness, -1 to 1: (P - N) / max(1, P + N), with P the sum of the mean scores of JOY, LOVE, CALM and HOPE and N that of SADNESS, ANGER, ANXIETY and WEARINESS. */
  valence: Scalars['Float']['output'];
  /** End of the window, exclusive. */
  windowEnd: Scalars['DateTimeISO']['output'];
  /** Start of the window, inclusive. */
  windowStart: Scalars['DateTimeISO']['output'];
};

/** The width of a step in a timeline. */
export const MoodBucket = {
  /** Days of the installation’s time zone (INSIGHT_TZ). */
  Day: 'DAY',
  /** Whole hours. */
  Hour: 'HOUR'
} as const;

export type MoodBucket = typeof MoodBucket[keyof typeof MoodBucket];
/** What can be done. All but register, login and refresh needs a token. */
export type Mutation = {
  __typename?: 'Mutation';
  /** Replaces the password and ends every other log-in of the account. */
  changePassword: Scalars['Boolean']['output'];
  /** Makes a room; whoever is logged in may. */
  createRoom: Room;
  /** Ends the account for good: its log-ins, its e-mail, and, as the installation is set, the texts of its messages or the tie to them. The name stays reserved. */
  deleteAccount: Scalars['Boolean']['output'];
  /** Moderators. Closes the reports of a message and leaves it as it is. */
  dismissReports: Scalars['Boolean']['output'];
  /** Ends one of the viewer’s log-ins: its tokens stop working and its sockets close. */
  endSession: Scalars['Boolean']['output'];
  /** Moderators. Erases the text of a message for good: its id, cursor and place stay. Closes its reports. */
  hideChat: Chat;
  /** Opens a log-in of its own; others of the account go on. */
  login: AuthPayload;
  /** Ends this log-in: its tokens stop working and its sockets close. */
  logout: Scalars['Boolean']['output'];
  /** Ends every log-in of the account, this one included. */
  logoutEverywhere: Scalars['Boolean']['output'];
  /** Moderators. The author of the message may not write in any room until the time that is answered. */
  muteAuthor: Scalars['DateTimeISO']['output'];
  /** Exchanges a refresh token for the next pair. */
  refresh: AuthPayload;
  /** Makes an account and logs it in. */
  register: AuthPayload;
  /** Tells the moderators of a message; whoever is logged in may, once per message. */
  reportChat: Scalars['Boolean']['output'];
  /** Administrators (setting ADMINS, usernames). Analyses the time since the last scheduled window; moves no window. */
  runInsight: Insight;
  /** Returns once the message would survive a kill -9 of every process of the service. */
  sendChat: Chat;
  /** Tells the room that the viewer is writing, or stopped. Forgotten after some seconds. */
  setTyping: Scalars['Boolean']['output'];
  /** Moderators. The author of the message may write again. */
  unmuteAuthor: Scalars['Boolean']['output'];
  /** Moderators. Changes what is given about a room, and leaves the rest. */
  updateRoom: Room;
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationChangePasswordArgs = {
  currentPassword: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationCreateRoomArgs = {
  input: CreateRoomInput;
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationDeleteAccountArgs = {
  password: Scalars['String']['input'];
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationDismissReportsArgs = {
  id: Scalars['ID']['input'];
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationEndSessionArgs = {
  id: Scalars['ID']['input'];
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationHideChatArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationLoginArgs = {
  input: LoginInput;
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationMuteAuthorArgs = {
  chatId: Scalars['ID']['input'];
  minutes: Scalars['Int']['input'];
  reason: Scalars['String']['input'];
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationRefreshArgs = {
  refreshToken: Scalars['String']['input'];
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationRegisterArgs = {
  input: RegisterInput;
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationReportChatArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationRunInsightArgs = {
  room?: Scalars['ID']['input'];
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationSendChatArgs = {
  input: SendChatInput;
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationSetTypingArgs = {
  room?: Scalars['ID']['input'];
  typing: Scalars['Boolean']['input'];
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationUnmuteAuthorArgs = {
  chatId: Scalars['ID']['input'];
};


/** What can be done. All but register, login and refresh needs a token. */
export type MutationUpdateRoomArgs = {
  id: Scalars['ID']['input'];
  slowModeSeconds?: InputMaybe<Scalars['Int']['input']>;
  wordFilter?: InputMaybe<WordFilter>;
};

/** Where a page stands in the list, by Relay’s rules. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last edge. */
  endCursor?: Maybe<Scalars['ChatCursor']['output']>;
  /** Whether older messages follow. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether newer messages come before. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first edge. */
  startCursor?: Maybe<Scalars['ChatCursor']['output']>;
};

/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type Query = {
  __typename?: 'Query';
  /** Moderators. What was done, the newest first. */
  auditLog: Array<AuditEntry>;
  /** The viewer’s own messages, newest first. */
  chatLogs: ChatPage;
  /** Public. A room’s history by cursor, Relay’s rules in both directions, newest first: forward pages go back in time. Without first and last: first 20. */
  chats: ChatConnection;
  /** The viewer’s account, log-ins, and messages, newest first, 1,000 a page; not the reports they filed, nor a mute. hasMore tells whether there is another page. */
  exportMyData: Scalars['JSONObject']['output'];
  /** Public. The newest scheduled analysis, or null before the first. */
  insight?: Maybe<Insight>;
  /** Public. Newest first. */
  insights: InsightConnection;
  /** The viewer, or null without a token. (A bad or expired token fails every operation but register, login and refresh with UNAUTHENTICATED.) */
  me?: Maybe<User>;
  /** Public. The mood over the last `minutes`: whole minutes, the current one included. */
  mood: Mood;
  /** Public. One Mood per bucket, oldest first, empty buckets included. */
  moodTimeline: Array<Mood>;
  /** The mood of the viewer’s own messages in every room, one Mood per day, oldest first. The room of each is empty. */
  myMood: Array<Mood>;
  /** Public. */
  recentChats: RecentChats;
  /** Moderators. Messages with open reports, the oldest first. */
  reports: Array<ReportedChat>;
  /** Public. Oldest first. */
  rooms: Array<Room>;
  /** The viewer’s log-ins that are not over, oldest first. */
  sessions: Array<Session>;
  /** Whether the name can be registered. */
  usernameAvailable: Scalars['Boolean']['output'];
};


/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type QueryAuditLogArgs = {
  before?: InputMaybe<Scalars['ID']['input']>;
  first?: Scalars['Int']['input'];
};


/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type QueryChatLogsArgs = {
  page?: Scalars['Int']['input'];
  pageSize?: Scalars['Int']['input'];
};


/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type QueryChatsArgs = {
  after?: InputMaybe<Scalars['ChatCursor']['input']>;
  before?: InputMaybe<Scalars['ChatCursor']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  room?: Scalars['ID']['input'];
};


/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type QueryExportMyDataArgs = {
  page?: Scalars['Int']['input'];
};


/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type QueryInsightArgs = {
  room?: Scalars['ID']['input'];
};


/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type QueryInsightsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  room?: Scalars['ID']['input'];
};


/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type QueryMoodArgs = {
  minutes?: Scalars['Int']['input'];
  room?: Scalars['ID']['input'];
};


/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type QueryMoodTimelineArgs = {
  bucket?: MoodBucket;
  from: Scalars['DateTimeISO']['input'];
  room?: Scalars['ID']['input'];
  to: Scalars['DateTimeISO']['input'];
};


/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type QueryMyMoodArgs = {
  days?: Scalars['Int']['input'];
};


/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type QueryRecentChatsArgs = {
  first?: Scalars['Int']['input'];
  room?: Scalars['ID']['input'];
};


/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type QueryReportsArgs = {
  first?: Scalars['Int']['input'];
};


/** What can be read. “Public” needs no token; all else answers for the viewer, whose token is sent. */
export type QueryUsernameAvailableArgs = {
  username: Scalars['String']['input'];
};

/** A room’s newest messages, oldest first, and the place just after them: subscribe from it and nothing is missed. */
export type RecentChats = {
  __typename?: 'RecentChats';
  /** Hand it to newChat(after:). */
  cursor: Scalars['ChatCursor']['output'];
  /** Oldest first. */
  items: Array<Chat>;
};

/** A new account. */
export type RegisterInput = {
  /** For logging in instead of the username; shown to nobody else. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** 8-72 bytes with a letter and a digit. */
  password: Scalars['String']['input'];
  /** 3-20 ASCII letters, digits, "_" or Hangul syllables. */
  username: Scalars['String']['input'];
};

/** A message that was reported, for moderators. */
export type ReportedChat = {
  __typename?: 'ReportedChat';
  /** The message as it is now. */
  chat: Chat;
  /** What was said about it, the oldest first; who said it is not told. */
  reasons: Array<Scalars['String']['output']>;
  /** When it was reported first. */
  reportedAt: Scalars['DateTimeISO']['output'];
};

/** A wall of its own. */
export type Room = {
  __typename?: 'Room';
  /** In an anonymous room authors appear under an alias that changes daily and cannot be linked to the account. */
  anonymous: Scalars['Boolean']['output'];
  /** Slug, 1-40 of a-z, 0-9 and "-". The room main always exists and is anonymous. */
  id: Scalars['ID']['output'];
  /** How many are in the room now. */
  online: Scalars['Int']['output'];
  /** Seconds that an author waits between two messages; 0: none. */
  slowModeSeconds: Scalars['Int']['output'];
  /** What the room is called. */
  title: Scalars['String']['output'];
  /** What happens to words on the list of insults. */
  wordFilter: WordFilter;
};

/** Somebody came, left, or is writing. */
export type RoomActivity = {
  __typename?: 'RoomActivity';
  /** Alias or username as in Chat.author; null for a reader who is not logged in. */
  author?: Maybe<Scalars['String']['output']>;
  /** What happened. */
  kind: ActivityKind;
  /** How many are in the room now. */
  online: Scalars['Int']['output'];
  /** The room it happened in. */
  room: Scalars['ID']['output'];
};

/** A message to send. */
export type SendChatInput = {
  /** Made by the client, unique per user; sending it again returns the first message and stores nothing. */
  clientMessageId: Scalars['ID']['input'];
  /** The room to write in. */
  room?: Scalars['ID']['input'];
  /** 1 to 1,000 characters. */
  text: Scalars['String']['input'];
};

/** A log-in of the viewer. */
export type Session = {
  __typename?: 'Session';
  /** When it began. */
  createdAt: Scalars['DateTimeISO']['output'];
  /** Whether it is the one that asks. */
  current: Scalars['Boolean']['output'];
  /** When it ends unless it is refreshed before. */
  expiresAt: Scalars['DateTimeISO']['output'];
  /** For endSession. */
  id: Scalars['ID']['output'];
};

/** What can be listened to, over WebSocket or server-sent events. A token is welcome and not needed. */
export type Subscription = {
  __typename?: 'Subscription';
  /** Public. Each message of the room as it is hidden or erased: the same id, its text empty. Best effort: after a break, load again. */
  chatHidden: Chat;
  /** Public. Each scheduled analysis as it is stored. */
  insightReady: Insight;
  /** Public. The mood of the last hour, at most once a second while it changes. */
  moodChanged: Mood;
  /** Public. Every message of the room in one order, each exactly once. With `after`, first all that came since that place. Error CURSOR_EXPIRED where that gap can no longer be filled in full: load recentChats again. */
  newChat: Chat;
  /** Public. Joins, leaves and typing; never unsent text. Best effort: the newest state wins. */
  roomActivity: RoomActivity;
};


/** What can be listened to, over WebSocket or server-sent events. A token is welcome and not needed. */
export type SubscriptionChatHiddenArgs = {
  room?: Scalars['ID']['input'];
};


/** What can be listened to, over WebSocket or server-sent events. A token is welcome and not needed. */
export type SubscriptionInsightReadyArgs = {
  room?: Scalars['ID']['input'];
};


/** What can be listened to, over WebSocket or server-sent events. A token is welcome and not needed. */
export type SubscriptionMoodChangedArgs = {
  room?: Scalars['ID']['input'];
};


/** What can be listened to, over WebSocket or server-sent events. A token is welcome and not needed. */
export type SubscriptionNewChatArgs = {
  after?: InputMaybe<Scalars['ChatCursor']['input']>;
  room?: Scalars['ID']['input'];
};


/** What can be listened to, over WebSocket or server-sent events. A token is welcome and not needed. */
export type SubscriptionRoomActivityArgs = {
  room?: Scalars['ID']['input'];
};

/** An account, as its owner sees it. */
export type User = {
  __typename?: 'User';
  /** Private: only ever answered to its owner. */
  email?: Maybe<Scalars['String']['output']>;
  /** Stays the same for the life of the account. */
  id: Scalars['ID']['output'];
  /** Whether the account may run an analysis by hand. */
  isAdmin: Scalars['Boolean']['output'];
  /** Whether the account may see reports and hide messages. */
  isModerator: Scalars['Boolean']['output'];
  /** When the account was made. */
  joinedAt: Scalars['DateTimeISO']['output'];
  /** How many messages the account has written. */
  messageCount: Scalars['Int']['output'];
  /** Public handle, also the log-in name. 3-20 ASCII letters, digits, "_" or Hangul syllables after NFKC; unique under case folding. */
  username: Scalars['String']['output'];
};

/** What happens to words on the list of insults. */
export const WordFilter = {
  /** Asterisks stand in their place. */
  Mask: 'MASK',
  /** Nothing. */
  Off: 'OFF',
  /** The message is refused. */
  Refuse: 'REFUSE'
} as const;

export type WordFilter = typeof WordFilter[keyof typeof WordFilter];
export type NoteFragment = { __typename?: 'Chat', id: string, author: string, text: string, sentAt: string, dominantEmotion?: Emotion | null } & { ' $fragmentName'?: 'NoteFragment' };

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
  dominantEmotion
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
  dominantEmotion
}`, {"hash":"daa73a4e4c158d2d2d2e5e0a71db459ee8074a833ad99f82db5c40bd0234ebd2"}) as unknown as TypedDocumentString<RecentQuery, RecentQueryVariables>;
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
  dominantEmotion
}`, {"hash":"658b02d3cca991ab0270e92511244627f0516404516a32e91df40ccc797058ba"}) as unknown as TypedDocumentString<WatchRoomSubscription, WatchRoomSubscriptionVariables>;
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