import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { loadEndpoints } from './endpoints';
import { openPage, PageContext, usePage, useWords } from './state/page';
import { useStore } from './state/use-store';
import { LazyPage } from './view/lazy';
import { Shell } from './view/shell';
import { Wall } from './view/wall';

function App() {
  useTitle();
  const { view } = useStore(usePage().route);
  return <Shell>{view === 'wall' ? <Wall /> : <LazyPage name={view} />}</Shell>;
}

/** In the tab: how many notes came while nobody looked. */
function useTitle(): void {
  const words = useWords();
  const unread = useStore(usePage().unread);
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${words.title}` : words.title;
  }, [unread, words]);
}

async function open(): Promise<void> {
  const page = openPage(await loadEndpoints());
  const root = document.getElementById('app');
  if (root) {
    render(
      <PageContext.Provider value={page}>
        <App />
      </PageContext.Provider>,
      root,
    );
  }
}

void open();
