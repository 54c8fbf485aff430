import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Empathy } from '../../domain/empathy';
import { MAX_MARKS, type Empathies } from '../../flow/empathies';
import { requireViewer, type RequestContext } from '../context';
import { Cost, PAGE_WORK } from '../cost';
import { ChatObject } from '../types/chat-types';
import { ChatMarkObject, EmpathyEnum } from '../types/empathy-types';

@Resolver()
export class EmpathyResolver {
  constructor(private readonly empathies: Empathies) {}

  @Query(() => [ChatMarkObject], {
    description:
      'What the viewer knows of messages: one mark for each id, in the same order. Unknown ids are not mine and have no empathy.',
  })
  @Cost({ work: PAGE_WORK, length: MAX_MARKS })
  async chatMarks(
    @Arg('ids', () => [ID], { description: `Ids of at most ${MAX_MARKS} messages.` }) ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<ChatMarkObject[]> {
    return (await this.empathies.marks(requireViewer(context), ids)).map((mark) => ChatMarkObject.of(mark));
  }

  @Mutation(() => ChatObject, {
    description:
      'Presses an empathy on a message: one for each person and message; null takes it away, and the same again changes nothing. ' +
      'FORBIDDEN on a message of the viewer, NOT_FOUND on a hidden one. After UNAVAILABLE it may be repeated.',
  })
  async setEmpathy(
    @Arg('chatId', () => ID, { description: 'Id of the message.' }) chatId: string,
    @Ctx() context: RequestContext,
    @Arg('empathy', () => EmpathyEnum, { nullable: true, description: 'The empathy, or null for none.' })
    empathy?: Empathy | null,
  ): Promise<ChatObject> {
    const { chat, counts } = await this.empathies.set(requireViewer(context), chatId, empathy ?? null);
    return ChatObject.of(chat, counts);
  }
}
