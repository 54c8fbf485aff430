import { useState } from 'preact/hooks';
import { codeOf } from '../../api';
import { unmask } from '../../generated/fragment-masking';
import {
  CreateInviteDocument,
  InviteFieldsFragmentDoc,
  InvitesDocument,
  RevokeInviteDocument,
  type InviteFieldsFragment,
} from '../../generated/graphql';
import { usePage } from '../../state/page';
import { useStore } from '../../state/use-store';
import { dateFormat } from '../../view/time';
import { useQuery } from '../../view/use-query';
import { useRoomWords } from '../../view/use-room-words';
import { fill } from '../../words/words';
import { Waiting } from '../waiting';
import { Outcome } from './outcome';
import { useSaving } from './use-saving';

const HOURS = [24, 168, 720] as const;
const USES = [1, 5, 10, 30, 60, 100];

/** Open invitations, and making another. */
export function Invitations({ room }: { room: string }) {
  const words = useRoomWords();
  const { session, dialog } = usePage();
  const [hours, setHours] = useState<number>(168);
  const [uses, setUses] = useState(0);
  const saving = useSaving();
  const query = useQuery(
    async () => unmask(InviteFieldsFragmentDoc, (await session.run(InvitesDocument, { room })).invites),
    [room],
  );
  const make = async () => {
    const input = { room, hours, ...(uses > 0 && { uses }) };
    const work = async () => {
      const { createInvite } = await session.run(CreateInviteDocument, input);
      dialog.set({ about: 'invite', room, invite: unmask(InviteFieldsFragmentDoc, createInvite) });
    };
    await saving.run(work, '', (error) => (codeOf(error) === 'CONFLICT' ? words['too-many-invites'] : undefined));
    query.again();
  };
  const revoke = async (code: string) => {
    await saving.run(() => session.run(RevokeInviteDocument, { code }), words.revoked);
    query.again();
  };
  return (
    <section class="card">
      <h2>{words.invitations}</h2>
      <p class="quiet">{words['invitations-lead']}</p>
      <form
        class="row make-invite"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <label class="choose">
          {words['invite-lasts']}
          <select value={hours} onChange={(event) => setHours(Number(event.currentTarget.value))}>
            {HOURS.map((n) => (
              <option key={n} value={n}>
                {words[`hours-${n}`]}
              </option>
            ))}
          </select>
        </label>
        <label class="choose">
          {words['invite-uses']}
          <select value={uses} onChange={(event) => setUses(Number(event.currentTarget.value))}>
            <option value={0}>{words['uses-any']}</option>
            {USES.map((n) => (
              <option key={n} value={n}>
                {fill(words['uses-n'], { n })}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" aria-busy={saving.busy}>
          {words['make-invite']}
        </button>
      </form>
      <Outcome {...saving} />
      {!query.data && <Waiting query={query} />}
      {query.data?.length === 0 && <p class="quiet">{words['invitations-none']}</p>}
      <ul class="lines">
        {query.data?.map((invite) => (
          <InviteLine
            key={invite.code}
            invite={invite}
            onShow={() => dialog.set({ about: 'invite', room, invite })}
            onRevoke={() => void revoke(invite.code)}
          />
        ))}
      </ul>
    </section>
  );
}

interface InviteLineProps {
  readonly invite: InviteFieldsFragment;
  readonly onShow: () => void;
  readonly onRevoke: () => void;
}

function InviteLine({ invite: { code, expiresAt, usesLeft }, onShow, onRevoke }: InviteLineProps) {
  const words = useRoomWords();
  const locale = useStore(usePage().settings.locale);
  const time = dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(expiresAt));
  return (
    <li>
      <span>
        <strong class="code">{code}</strong>
        <small>
          {fill(words['invite-until'], { time })}{' '}
          {usesLeft == null ? words['uses-left-any'] : fill(words['uses-left'], { n: usesLeft })}
        </small>
      </span>
      <span class="row acts">
        <button type="button" class="plain" aria-label={`${words.show}: ${code}`} onClick={onShow}>
          {words.show}
        </button>
        <button type="button" class="plain" aria-label={`${words.revoke}: ${code}`} onClick={onRevoke}>
          {words.revoke}
        </button>
      </span>
    </li>
  );
}
