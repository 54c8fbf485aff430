import { titleIn } from '../../../domain/room-title';
import { unmask } from '../../generated/fragment-masking';
import {
  CreateInviteDocument,
  InviteFieldsFragmentDoc,
  InvitesDocument,
  RoomInfoDocument,
  RoomFieldsFragmentDoc,
} from '../../generated/graphql';
import { usePage, useWords, type RoomForm } from '../../state/page';
import { hrefOf } from '../../state/router';
import { useStore } from '../../state/use-store';
import { CopyField } from '../../view/copy-field';
import { Modal } from '../../view/modal';
import { QrCode } from '../../view/qr-code';
import { dateFormat } from '../../view/time';
import { useQuery } from '../../view/use-query';
import { useRoomWords } from '../../view/use-room-words';
import { fill } from '../../words/words';
import { Waiting } from '../waiting';
import { ShareButton } from './share-button';

const HOURS = 168;
type Invite = NonNullable<RoomForm['invite']>;

interface Invited {
  readonly title: string;
  readonly url: string;
  /** Of a private room. */
  readonly invite?: Invite;
}

/** Brings people into a room: by an invitation where it is private, else by its address. */
export function InviteSheet({ room, invite: given }: RoomForm) {
  const words = useWords();
  const { dialog } = usePage();
  const query = useInvited(room, given);
  // It opens in its full size.
  if (!query.data && !query.failed) return null;
  return (
    <Modal title={words.invite} onClose={() => dialog.set(null)}>
      {query.data ? <Sheet {...query.data} /> : <Waiting query={query} />}
    </Modal>
  );
}

function useInvited(room: string, given?: Invite) {
  const { session, settings } = usePage();
  const locale = useStore(settings.locale);
  return useQuery<Invited>(async () => {
    const found = (await session.run(RoomInfoDocument, { room, known: false })).room;
    const { title, visibility } = unmask(RoomFieldsFragmentDoc, found) ?? { title: '', visibility: 'PUBLIC' };
    const named = { title: titleIn({ id: room, title }, locale) || room };
    if (given) return { ...named, url: given.url, invite: given };
    if (visibility !== 'PRIVATE') return { ...named, url: new URL(hrefOf({ view: 'wall', room }), location.href).href };
    const { invites } = await session.run(InvitesDocument, { room });
    // One for any number of people, if there is one; the newest is the first.
    const open = unmask(InviteFieldsFragmentDoc, invites).find(({ usesLeft }) => usesLeft == null);
    const invite =
      open ?? unmask(InviteFieldsFragmentDoc, (await session.run(CreateInviteDocument, { room, hours: HOURS })).createInvite);
    return { ...named, url: invite.url, invite };
  }, [room, given, locale]);
}

function Sheet({ title, url, invite }: Invited) {
  const words = useRoomWords();
  const { dialog, settings } = usePage();
  const locale = useStore(settings.locale);
  const until = invite && dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(invite.expiresAt));
  return (
    <div class="invite-sheet">
      <p>
        <strong dir="auto">{title}</strong>
      </p>
      <p class="quiet">{invite ? words['invite-private'] : words['invite-open']}</p>
      <figure>
        <QrCode text={url} label={words['qr-label']} />
        <figcaption class="quiet">{words['qr-how']}</figcaption>
      </figure>
      {invite && (
        <p class="invite-code">
          <span class="quiet">{words['code-is']}</span>
          <strong>{invite.code}</strong>
          <small class="quiet">
            {fill(words['code-how'], { address: new URL('/join', url).href.replace(/^https?:\/\//, '') })}
          </small>
        </p>
      )}
      <CopyField label={invite ? words['invite-link'] : words['room-address']} value={url} />
      <ShareButton title={title} url={url} />
      {until !== undefined && <p class="quiet">{`${fill(words['invite-until'], { time: until })} ${words['invite-later']}`}</p>}
      <button type="button" class="plain" onClick={() => dialog.set(null)}>
        {words.done}
      </button>
    </div>
  );
}
