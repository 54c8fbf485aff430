import { getNamedType, isLeafType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

/**
 * Fields that may occur in the payload of a subscription. A payload is computed once per event and sent to all subscribers with
 * the same document, so no listed field may depend on the viewer. Check this before adding a field.
 */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  Chat: [
    ...['id', 'room', 'author', 'text', 'sentAt', 'cursor', 'emotions', 'dominantEmotion', 'hidden'],
    ...['feeling', 'shownEmotion', 'answers', 'empathies'],
  ],
  EmpathyCount: ['empathy', 'count'],
  EmotionScore: ['emotion', 'score'],
  RoomActivity: ['kind', 'room', 'author', 'online'],
  Mood: ['room', 'windowStart', 'windowEnd', 'messageCount', 'scores', 'dominantEmotion', 'valence', 'saidShare'],
  Insight: [
    ...['id', 'room', 'windowStart', 'windowEnd', 'createdAt', 'letter', 'letterIn', 'locale'],
    ...['facts', 'mood', 'topics'],
    ...['messageCount', 'participantCount', 'scheduled', 'source', 'model', 'question', 'answerCount'],
  ],
  RoomState: ['room', 'title', 'archived', 'slowModeSeconds', 'wordFilter', 'question', 'screen'],
  Question: ['id', 'room', 'text', 'askedAt'],
};

/** @throws Error that names the first field reachable from a subscription that is not listed */
export function assertPayloadsAreShared(schema: GraphQLSchema): void {
  const seen = new Set<GraphQLObjectType>();
  const check = (type: GraphQLObjectType): void => {
    if (seen.has(type)) return;
    seen.add(type);
    for (const field of Object.values(type.getFields())) {
      if (!SHARED[type.name]?.includes(field.name)) {
        throw new Error(
          `${type.name}.${field.name} is reachable from a subscription, but graphql/payload-rule.ts does not list it`,
        );
      }
      descend(`${type.name}.${field.name}`, field.type);
    }
  };
  const descend = (path: string, fieldType: Parameters<typeof getNamedType>[0]): void => {
    const type = getNamedType(fieldType);
    if (isObjectType(type)) check(type);
    else if (!isLeafType(type)) throw new Error(`${path}: a subscription's payload may contain objects, scalars and enums only`);
  };
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    descend(`Subscription.${field.name}`, field.type);
  }
}
