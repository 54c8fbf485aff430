import 'reflect-metadata';
import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, getMetadataStorage, type ContainerType } from 'type-graphql';
import { callDirectly } from './direct-calls';
import { onlyForScreens, type RequestContext } from './context';
import { AccountSettingsResolver } from './resolvers/account-settings-resolver';
import { AccountResolver } from './resolvers/account-resolver';
import { ChatResolver } from './resolvers/chat-resolver';
import { ChatFieldResolver, type ReadCounts } from './resolvers/chat-field-resolver';
import { EmpathyResolver } from './resolvers/empathy-resolver';
import { HostingResolver } from './resolvers/hosting-resolver';
import { GuestResolver } from './resolvers/guest-resolver';
import { InviteResolver } from './resolvers/invite-resolver';
import { InsightResolver } from './resolvers/insight-resolver';
import { MembershipResolver } from './resolvers/membership-resolver';
import { ModerationResolver } from './resolvers/moderation-resolver';
import { PasswordResetResolver } from './resolvers/password-reset-resolver';
import { OwnChatResolver } from './resolvers/own-chat-resolver';
import { PushResolver } from './resolvers/push-resolver';
import { ScreenLinkResolver } from './resolvers/screen-link-resolver';
import { RoomResolver } from './resolvers/room-resolver';
import { SubscriptionResolver } from './resolvers/subscription-resolver';
import { assertPayloadsAreShared } from './payload-rule';

/** One instance of each resolver class, and what fields of Chat are read with. */
export interface Resolvers {
  readonly accounts: AccountResolver;
  readonly accountSettings: AccountSettingsResolver;
  readonly guests: GuestResolver;
  readonly passwordResets: PasswordResetResolver;
  readonly chats: ChatResolver;
  readonly empathies: EmpathyResolver;
  readonly readCounts: ReadCounts;
  readonly ownChats: OwnChatResolver;
  readonly rooms: RoomResolver;
  readonly hosting: HostingResolver;
  readonly memberships: MembershipResolver;
  readonly invites: InviteResolver;
  readonly insights: InsightResolver;
  readonly moderation: ModerationResolver;
  readonly pushes: PushResolver;
  readonly screenLinks: ScreenLinkResolver;
}

/** Fields that ignore an invalid token, because they are the ways to obtain a valid one. */
const OPEN_FIELDS = new Set(['register', 'login', 'refresh', 'enterAsGuest', 'requestPasswordReset', 'resetPassword']);

/** type-graphql requires a PubSub even if every subscription has its own `subscribe`. It is never used: the hub publishes. */
const noPubSub = {
  publish: () => {
    throw new Error('unused: the hub publishes events');
  },
  subscribe: () => {
    throw new Error('unused: the hub delivers events');
  },
};

/** A process without the role api serves only payloads, which come with their counts. */
const noCounts: ReadCounts = () => Promise.resolve(new Map());

/** @param resolvers not needed for printing the schema */
export function buildAppSchema(resolvers?: Resolvers): GraphQLSchema {
  const instances = new Map<unknown, unknown>([
    [AccountResolver, resolvers?.accounts],
    [AccountSettingsResolver, resolvers?.accountSettings],
    [GuestResolver, resolvers?.guests],
    [PasswordResetResolver, resolvers?.passwordResets],
    [ChatResolver, resolvers?.chats],
    [EmpathyResolver, resolvers?.empathies],
    [ChatFieldResolver, new ChatFieldResolver(resolvers?.readCounts ?? noCounts)],
    [OwnChatResolver, resolvers?.ownChats],
    [RoomResolver, resolvers?.rooms],
    [HostingResolver, resolvers?.hosting],
    [MembershipResolver, resolvers?.memberships],
    [InviteResolver, resolvers?.invites],
    [InsightResolver, resolvers?.insights],
    [ModerationResolver, resolvers?.moderation],
    [PushResolver, resolvers?.pushes],
    [ScreenLinkResolver, resolvers?.screenLinks],
    [SubscriptionResolver, new SubscriptionResolver()],
  ]);
  // No field has middleware, so that a property of the object is its value. type-graphql has this option for single types only.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true;
  const container: ContainerType = { get: (someClass) => instances.get(someClass) };
  const schema = buildSchemaSync({
    resolvers: [
      AccountResolver,
      AccountSettingsResolver,
      GuestResolver,
      PasswordResetResolver,
      ChatResolver,
      EmpathyResolver,
      ChatFieldResolver,
      OwnChatResolver,
      RoomResolver,
      HostingResolver,
      MembershipResolver,
      InviteResolver,
      InsightResolver,
      ModerationResolver,
      PushResolver,
      ScreenLinkResolver,
      SubscriptionResolver,
    ],
    container,
    validate: false,
    pubSub: noPubSub,
  });
  describeRoots(schema);
  assertPayloadsAreShared(schema);
  callDirectly(schema, instances);
  guardRootFields(schema);
  return schema;
}

/** type-graphql creates the root types without a description. */
function describeRoots(schema: GraphQLSchema): void {
  const descriptions = [
    [
      schema.getQueryType(),
      'Reads. Fields marked “Public” need no token; all others answer for the viewer, whose token the request carries.',
    ],
    [
      schema.getMutationType(),
      'Changes. Every field needs a token, except those that lead to one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword.',
    ],
    [schema.getSubscriptionType(), 'Streams of events over WebSocket or server-sent events. A token is optional.'],
  ] as const;
  for (const [type, description] of descriptions) if (type) type.description = description;
}

/** What the token of a screen may be used for, besides subscriptions. */
const SCREEN_FIELDS = new Set(['room', 'recentChats', 'chat', 'mood', 'invitePreview']);

/**
 * An invalid token fails every root field except the open ones, so that clients notice it with any request. The token of a screen fails
 * every field but those that it is for.
 */
function guardRootFields(schema: GraphQLSchema): void {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      if (OPEN_FIELDS.has(field.name)) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: RequestContext, info): unknown => {
        if (context.tokenProblem) throw context.tokenProblem;
        if (context.viewer?.screen && !SCREEN_FIELDS.has(field.name)) throw onlyForScreens();
        return resolve(source, args, context, info);
      };
    }
  }
}
