import { useState } from 'preact/hooks';
import { ExportMyDataDocument } from '../../generated/graphql';
import type { Session } from '../../state/session';
import { usePage, useWords } from '../../state/page';
import { Phrase } from '../../view/phrase';
import { fill, sayError } from '../../words/words';

interface ExportPage {
  readonly messages: readonly unknown[];
  readonly hasMore: boolean;
  readonly [part: string]: unknown;
}

/** Reads all pages. @param onRead called with the number of messages read so far */
async function readAll(session: Session, onRead: (count: number) => void): Promise<Record<string, unknown>> {
  const messages: unknown[] = [];
  for (let page = 1; ; page++) {
    const answer = (await session.run(ExportMyDataDocument, { page })).exportMyData as unknown as ExportPage;
    messages.push(...answer.messages);
    onRead(messages.length);
    // What describes one page is left out of the file.
    if (!answer.hasMore) return { ...answer, page: undefined, pageSize: undefined, hasMore: undefined, messages };
  }
}

/** Offers a file to the browser. Works over plain HTTP too. */
function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** The data of the account as a file. */
export function ExportData() {
  const words = useWords();
  const { session } = usePage();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const run = async () => {
    setBusy(true);
    let count = 0;
    try {
      const data = await readAll(session, (n) => {
        count = n;
        setSaid(fill(words['export-running'], { n }));
      });
      save(`jungle-buzz-${session.login.get()?.username ?? ''}.json`, JSON.stringify(data, null, 2));
      setSaid(fill(words['export-done'], { n: count }));
    } catch (error) {
      setSaid(sayError(words, error));
    }
    setBusy(false);
  };
  return (
    <>
      <p class="quiet">{words['export-lead']}</p>
      <p class="row">
        <button type="button" class="plain" disabled={busy} onClick={() => void run()}>
          {words['export-run']}
        </button>
        <span class="quiet" role="status">
          <Phrase>{said}</Phrase>
        </span>
      </p>
    </>
  );
}
