import { MyMoodDocument } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { useQuery } from '../../view/use-query';
import { MoodChart } from '../mood-chart';
import { Waiting } from '../waiting';

/** The mood of the person, day by day. */
export function MyMood() {
  const words = useWords();
  const { session } = usePage();
  const query = useQuery(async () => (await session.run(MyMoodDocument, {})).myMood, []);
  return (
    <section class="card">
      <h2>{words['my-mood']}</h2>
      {query.data ? <MoodChart moods={query.data} step="DAY" /> : <Waiting query={query} />}
    </section>
  );
}
