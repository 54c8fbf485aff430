import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ScreenLinks } from '../../flow/screen-links';
import { requireViewer, type RequestContext } from '../context';
import { ScreenLinkObject } from '../types/screen-link-types';

@Resolver()
export class ScreenLinkResolver {
  constructor(private readonly links: ScreenLinks) {}

  @Mutation(() => ScreenLinkObject, {
    description:
      'Hosts of the room only. A link that shows a PRIVATE room on the screen of a hall for 24 hours. It revokes the link before it. PUBLIC and UNLISTED rooms are shown by their address (CONFLICT).',
  })
  async createScreenLink(
    @Arg('room', () => ID, { description: 'Id of the room.' }) room: string,
    @Ctx() context: RequestContext,
  ): Promise<ScreenLinkObject> {
    return ScreenLinkObject.of(await this.links.create(requireViewer(context), room), context.pageUrl);
  }
}
