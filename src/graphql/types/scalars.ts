import { GraphQLScalarType, Kind } from 'graphql';
import { badInput } from '../../domain/errors';

const text = (value: unknown): string => {
  if (typeof value !== 'string') throw badInput('cursor', 'A ChatCursor is a string.');
  return value;
};

/** Checked for its content by the field that takes it, which knows the room. */
export const ChatCursorScalar = new GraphQLScalarType({
  name: 'ChatCursor',
  description:
    'Opaque place in the message log. Hand it back to newChat(after:) or chats(after:/before:). ' +
    'It names a log generation and an offset, so a place in a log that no longer exists is noticed, never misread.',
  serialize: text,
  parseValue: text,
  parseLiteral: (node) => text(node.kind === Kind.STRING ? node.value : undefined),
});
