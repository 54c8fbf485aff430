import { openStorage } from './browser-storage';
import type { Question } from './room-question';
import { createStore, type Store } from './store';

const ANSWERING = 'jungle-buzz.answering';

/** The question that the note in the composer answers. Like the note's text it survives a reload of the tab. */
export function openAnswering(): Store<Question | null> {
  const storage = openStorage(() => sessionStorage);
  const answering = createStore<Question | null>(parse(storage.getItem(ANSWERING)));
  answering.subscribe(() => {
    const question = answering.get();
    if (question) storage.setItem(ANSWERING, JSON.stringify(question));
    else storage.removeItem(ANSWERING);
  });
  return answering;
}

function parse(text: string | null): Question | null {
  try {
    return text === null ? null : (JSON.parse(text) as Question);
  } catch {
    return null;
  }
}
