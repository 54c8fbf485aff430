import { GraphQLScalarType, Kind } from 'graphql';
import { badInput } from '../../domain/errors';

const text = (value: unknown): string => {
  if (typeof value !== 'string') throw badInput('cursor', 'A ChatCursor is a string.');
  return value;
};

/** The resolver checks the content of a cursor, because only it knows the room. */
export const ChatCursorScalar = new GraphQLScalarType({
  name: 'ChatCursor',
  description:
    'Opaque position in the message log, for newChat(after:) and chats(after:, before:). ' +
    'It contains the epoch of the log and an offset, so a cursor of a previous epoch is recognised as expired.',
  serialize: text,
  parseValue: text,
  parseLiteral: (node) => text(node.kind === Kind.STRING ? node.value : undefined),
});
