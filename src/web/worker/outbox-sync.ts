import { ask, codeOf } from '../api';
import { SendDocument } from '../generated/graphql';
import { openBackgroundLogin } from '../state/background-login';
import { openDraftStorage } from '../state/draft-storage';

export interface SyncEvent extends Event {
  readonly tag: string;
  /** The browser repeats the event later if the promise rejects. */
  waitUntil(promise: Promise<unknown>): void;
}

/** The network is back: open pages send their notes; without a page this sends them, as far as the access token is still valid. */
export async function sendWaiting(clients: Clients): Promise<void> {
  const pages = await clients.matchAll({ type: 'window' });
  for (const page of pages) page.postMessage('send-waiting');
  if (pages.length > 0) return;
  const storage = openDraftStorage();
  await navigator.locks.request('jungle-buzz.outbox', async () => {
    const login = await openBackgroundLogin().read();
    if (!login) return;
    const drafts = (await storage.all()).filter(({ owner }) => owner === login.username);
    for (const draft of drafts.sort((a, b) => a.createdAt - b.createdAt)) {
      const { clientMessageId, room, text, answers = null, feeling = null } = draft;
      try {
        await ask(login.url, SendDocument, { clientMessageId, room, text, answers, feeling }, login.token);
      } catch (error) {
        if (codeOf(error) === 'OFFLINE') throw error;
        // The next page sends it or says why it cannot be sent.
        return;
      }
      await storage.remove(clientMessageId);
    }
  });
}
