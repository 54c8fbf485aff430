import type { RoomForm } from '../../state/page';
import { InviteSheet } from './invite-sheet';
import { LeaveRoom } from './leave-room';
import { MakeRoom } from './make-room';
import './room.css';

/** The dialogs about rooms. */
export default function RoomDialogs({ open }: { open: 'room' | RoomForm }) {
  if (open === 'room') return <MakeRoom />;
  return open.about === 'invite' ? <InviteSheet {...open} /> : <LeaveRoom room={open.room} />;
}
