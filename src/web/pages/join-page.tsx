import { InvitePreviewDocument } from '../generated/graphql';
import { usePage } from '../state/page';
import { useStore } from '../state/use-store';
import { Main } from '../view/main';
import { useQuery } from '../view/use-query';
import { useRoomWords } from '../view/use-room-words';
import { CodeForm } from './room/code-form';
import { Invitation } from './room/invitation';
import './room/room.css';
import { Waiting } from './waiting';

/** Where people with an invitation come in, by its link or by typing its code. */
export default function JoinPage() {
  const { code } = useStore(usePage().route);
  return <Main>{code === undefined ? <Typing /> : <Opened key={code} code={code} />}</Main>;
}

function Typing() {
  const words = useRoomWords();
  return (
    <section class="card narrow">
      <h1>{words['join-title']}</h1>
      <p class="quiet">{words['join-lead']}</p>
      <CodeForm />
    </section>
  );
}

function Opened({ code }: { code: string }) {
  const words = useRoomWords();
  const { session } = usePage();
  // Null is an answer too.
  const query = useQuery(async () => ({ found: (await session.run(InvitePreviewDocument, { code })).invitePreview }), [code]);
  if (!query.data) return <Waiting query={query} />;
  const { found } = query.data;
  if (found) return <Invitation code={code} preview={found} />;
  return (
    <section class="card narrow">
      <h1>{words['join-title']}</h1>
      <p class="problem" role="alert">
        {words['join-bad']}
      </p>
      <CodeForm given={code} />
    </section>
  );
}
