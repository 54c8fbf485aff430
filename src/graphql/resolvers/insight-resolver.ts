import { Arg, Ctx, GraphQLISODateTime, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { RoomInsights } from '../../insights/room-insights';
import { requireViewer, type RequestContext } from '../context';
import { InsightConnectionObject, InsightEdgeObject, InsightObject, InsightPageInfoObject } from '../types/insight-types';
import { MoodBucketEnum, MoodObject } from '../types/mood-types';
import { Cost, FULL_READ_WORK, PAGE_WORK } from '../cost';

@Resolver()
export class InsightResolver {
  constructor(private readonly queries: RoomInsights) {}

  @Query(() => MoodObject, {
    description: 'Public where the room is. The mood of a room over the last `minutes` whole minutes, including the current one.',
  })
  async mood(
    @Arg('room', () => ID, { defaultValue: 'main', description: 'Id of the room.' }) room: string,
    @Arg('minutes', () => Int, { defaultValue: 60, description: 'Length of the window in minutes, 1 to 10,080.' })
    minutes: number,
    @Ctx() { viewer }: RequestContext,
  ): Promise<MoodObject> {
    return MoodObject.of(await this.queries.mood(viewer, room, minutes));
  }

  @Query(() => [MoodObject], {
    description:
      'Public where the room is. The mood of a room per bucket, oldest first, including empty buckets. At most 2,400 buckets.',
  })
  @Cost({ length: 2_400 })
  async moodTimeline(
    @Arg('room', () => ID, { defaultValue: 'main', description: 'Id of the room.' }) room: string,
    @Arg('from', () => GraphQLISODateTime, { description: 'Start time, rounded down to a whole bucket.' }) from: Date,
    @Arg('to', () => GraphQLISODateTime, { description: 'End time, rounded up to a whole bucket.' }) to: Date,
    @Arg('bucket', () => MoodBucketEnum, {
      defaultValue: MoodBucketEnum.HOUR,
      description: 'Width of a bucket.',
    })
    bucket: MoodBucketEnum,
    @Ctx() { viewer }: RequestContext,
  ): Promise<MoodObject[]> {
    return (await this.queries.moodTimeline(viewer, room, from.getTime(), to.getTime(), bucket)).map((mood) =>
      MoodObject.of(mood),
    );
  }

  @Query(() => [MoodObject], {
    description:
      'The mood of the viewer’s own messages in all rooms, one Mood per day, oldest first. Its room is the empty string.',
  })
  @Cost({ work: FULL_READ_WORK })
  async myMood(
    @Arg('days', () => Int, { defaultValue: 30, description: 'Number of days up to today, 1 to 90.' }) days: number,
    @Ctx() context: RequestContext,
  ): Promise<MoodObject[]> {
    return (await this.queries.ownMood(requireViewer(context), days)).map((mood) => MoodObject.of(mood));
  }

  @Query(() => InsightObject, {
    nullable: true,
    description: 'Public where the room is. The newest scheduled analysis of a room, or null before the first one.',
  })
  async insight(
    @Arg('room', () => ID, { defaultValue: 'main', description: 'Id of the room.' }) room: string,
    @Ctx() { viewer }: RequestContext,
  ): Promise<InsightObject | null> {
    const insight = await this.queries.latest(viewer, room);
    return insight ? InsightObject.of(insight) : null;
  }

  @Query(() => InsightObject, {
    nullable: true,
    description: 'Public where the room is. One analysis by its id, however old; null if there is none that the viewer can read.',
  })
  async insightById(
    @Arg('id', () => ID, { description: 'Id of the analysis.' }) id: string,
    @Ctx() { viewer }: RequestContext,
  ): Promise<InsightObject | null> {
    const insight = await this.queries.byId(viewer, id);
    return insight ? InsightObject.of(insight) : null;
  }

  @Query(() => InsightConnectionObject, { description: 'Public where the room is. Scheduled analyses of a room, newest first.' })
  @Cost({ work: PAGE_WORK })
  async insights(
    @Arg('room', () => ID, { defaultValue: 'main', description: 'Id of the room.' }) room: string,
    @Arg('first', () => Int, { defaultValue: 10, description: '1 to 100.' }) first: number,
    @Ctx() { viewer }: RequestContext,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the previous page.' }) after?: string,
  ): Promise<InsightConnectionObject> {
    const page = await this.queries.page(viewer, room, first, after);
    const edges = page.edges.map(({ cursor, insight }) =>
      Object.assign(new InsightEdgeObject(), { cursor, node: InsightObject.of(insight) }),
    );
    const pageInfo = Object.assign(new InsightPageInfoObject(), { hasNextPage: page.hasNextPage, endCursor: page.endCursor });
    return Object.assign(new InsightConnectionObject(), { edges, pageInfo });
  }

  @Mutation(() => InsightObject, {
    description:
      'Administrators only (setting ADMINS), or hosts of the room if it is private. Analyses the time since the last scheduled window. The schedule does not change.',
  })
  @Cost({ work: 20_000 })
  async runInsight(
    @Arg('room', () => ID, { defaultValue: 'main', description: 'Id of the room to analyse.' }) room: string,
    @Ctx() context: RequestContext,
  ): Promise<InsightObject> {
    return InsightObject.of(await this.queries.run(requireViewer(context), room));
  }
}
