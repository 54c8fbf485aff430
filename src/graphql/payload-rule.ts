import { getNamedType, isLeafType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

/**
 * All that may appear in a subscription's payload. One payload is made per event and sent to everybody who asked the same, so
 * no field here may depend on the viewer. Whoever adds a field answers for that by adding it to this list.
 */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  Chat: ['id', 'room', 'author', 'text', 'sentAt', 'cursor', 'emotions', 'dominantEmotion', 'hidden'],
  EmotionScore: ['emotion', 'score'],
  RoomActivity: ['kind', 'room', 'author', 'online'],
  Mood: ['room', 'windowStart', 'windowEnd', 'messageCount', 'scores', 'dominantEmotion', 'valence'],
  Insight: [
    ...['id', 'room', 'windowStart', 'windowEnd', 'createdAt', 'letter', 'locale', 'mood', 'topics'],
    ...['messageCount', 'participantCount', 'scheduled', 'source', 'model'],
  ],
};

/** @throws Error naming the first field that a subscription can reach and that is not on the list */
export function assertPayloadsAreShared(schema: GraphQLSchema): void {
  const seen = new Set<GraphQLObjectType>();
  const check = (type: GraphQLObjectType): void => {
    if (seen.has(type)) return;
    seen.add(type);
    for (const field of Object.values(type.getFields())) {
      if (!SHARED[type.name]?.includes(field.name)) {
        throw new Error(
          `${type.name}.${field.name} could reach a subscription's payload, and graphql/payload-rule does not list it`,
        );
      }
      descend(`${type.name}.${field.name}`, field.type);
    }
  };
  const descend = (place: string, fieldType: Parameters<typeof getNamedType>[0]): void => {
    const type = getNamedType(fieldType);
    if (isObjectType(type)) check(type);
    else if (!isLeafType(type)) throw new Error(`${place}: a subscription's payload may hold objects, scalars and enums only`);
  };
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    descend(`Subscription.${field.name}`, field.type);
  }
}
