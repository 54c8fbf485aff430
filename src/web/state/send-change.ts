import { unmask } from '../generated/fragment-masking';
import { SetEmpathyDocument, SetFeelingDocument, TakeBackDocument, NoteFieldsFragmentDoc } from '../generated/graphql';
import type { Change } from './changes';
import type { Session } from './session';
import type { Note } from './timeline';

/** @param leaving the page is being closed. @returns the note as it is now. @throws ApiError */
export async function sendChange(session: Session, change: Change, leaving: boolean): Promise<Note> {
  const { chatId, chatId: id } = change;
  switch (change.kind) {
    case 'empathy': {
      const { empathy } = change;
      return unmask(NoteFieldsFragmentDoc, (await session.run(SetEmpathyDocument, { chatId, empathy }, leaving)).setEmpathy);
    }
    case 'feeling': {
      const { feeling } = change;
      return unmask(NoteFieldsFragmentDoc, (await session.run(SetFeelingDocument, { id, feeling }, leaving)).setFeeling);
    }
    case 'take-back':
      return unmask(NoteFieldsFragmentDoc, (await session.run(TakeBackDocument, { id }, leaving)).takeBack);
  }
}
