import { unmask } from '../generated/fragment-masking';
import {
  RoomFieldsFragmentDoc,
  RoomInfoDocument,
  type RoomChangesSubscription,
  type RoomFieldsFragment,
  type RoomRole,
} from '../generated/graphql';
import type { Session } from './session';
import { createStore } from './store';

export type RoomInfo = RoomFieldsFragment;

/** What one room is, and what the person is in it. */
export class RoomAbout {
  readonly info = createStore<RoomInfo | null>(null);
  /** Null for those who are neither host nor member. */
  readonly role = createStore<RoomRole | null>(null);

  constructor(
    private readonly room: string,
    private readonly session: Session,
  ) {}

  /** If it fails, what is known stays. */
  async load(): Promise<void> {
    try {
      const known = this.session.login.get() !== null;
      const { room, myRole } = await this.session.run(RoomInfoDocument, { room: this.room, known });
      this.info.set(unmask(RoomFieldsFragmentDoc, room) ?? null);
      this.role.set(myRole ?? null);
    } catch {
      // The wall works without it.
    }
  }

  /** The room has changed. */
  see({ title, archived }: RoomChangesSubscription['roomChanged']): void {
    const info = this.info.get();
    if (info && (info.title !== title || info.archived !== archived)) this.info.set({ ...info, title, archived });
  }
}
