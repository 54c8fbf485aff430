import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { findEndpoints } from './endpoints';
import { openPage, PageContext, usePage, useWords } from './state/page';
import { openStorage } from './state/browser-storage';
import { openSettings } from './state/settings';
import { useStore } from './state/use-store';
import { LazyPage } from './view/lazy';
import { Missing } from './view/missing';
import { Shell } from './view/shell';
import { Wall } from './view/wall';
import { DICTIONARIES } from './words/words';

function App() {
  useTitle();
  const { view } = useStore(usePage().route);
  return (
    <Shell>{view === 'wall' ? <Wall /> : view === 'missing' ? <Missing what="page-gone" /> : <LazyPage name={view} />}</Shell>
  );
}

/** The title of the tab, with the number of notes that came while the tab was hidden. */
function useTitle(): void {
  const words = useWords();
  const unread = useStore(usePage().unread);
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${words.title}` : words.title;
  }, [unread, words]);
}

async function open(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) return;
  const storage = openStorage(() => localStorage);
  const settings = openSettings(storage);
  const page = openPage(await findEndpoints(root, DICTIONARIES[settings.locale.get()].unreachable), settings, storage);
  render(
    <PageContext.Provider value={page}>
      <App />
    </PageContext.Provider>,
    root,
  );
}

void open();
