import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { loadEndpoints, type Endpoints } from './endpoints';
import { openPage, PageContext, usePage, useWords } from './state/page';
import { openStorage } from './state/browser-storage';
import { openSettings, type Locale } from './state/settings';
import { useStore } from './state/use-store';
import { LazyPage } from './view/lazy';
import { Missing } from './view/missing';
import { Shell } from './view/shell';
import { Wall } from './view/wall';
import { DICTIONARIES } from './words/words';

const RETRY_MS = 2_000;

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

/** Asks until the server answers. Until then the page says that it cannot be reached. */
async function endpoints(root: HTMLElement, locale: Locale): Promise<Endpoints> {
  for (;;) {
    try {
      const found = await loadEndpoints();
      root.replaceChildren();
      return found;
    } catch {
      const unreachable = document.createElement('p');
      unreachable.className = 'empty unreachable';
      unreachable.role = 'alert';
      unreachable.textContent = DICTIONARIES[locale].unreachable;
      root.replaceChildren(unreachable);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function open(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) return;
  const storage = openStorage(() => localStorage);
  const settings = openSettings(storage);
  const page = openPage(await endpoints(root, settings.locale.get()), settings, storage);
  render(
    <PageContext.Provider value={page}>
      <App />
    </PageContext.Provider>,
    root,
  );
}

void open();
