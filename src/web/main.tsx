import { render } from 'preact';
import { findEndpoints } from './endpoints';
import { openPage } from './state/open-page';
import { PageContext, usePage } from './state/page';
import { openStorage } from './state/browser-storage';
import { takeResetToken } from './state/reset-token';
import { openSettings } from './state/settings';
import { useStore } from './state/use-store';
import { followVisibleHeight } from './state/visible-height';
import { LazyPage } from './view/lazy';
import { Missing } from './view/missing';
import { Shell } from './view/shell';
import { useTitle } from './view/use-title';
import { Wall } from './view/wall';
import { DICTIONARIES } from './words/words';

function App() {
  useTitle();
  const { route, feed } = usePage();
  const { view } = useStore(route);
  const ended = useStore(useStore(feed).ended);
  const show = () => {
    if (view === 'wall') return <Wall />;
    if (view === 'missing') return <Missing what="page-gone" />;
    if (ended && (view === 'mood' || view === 'letters')) return <Missing what={`room-${ended}`} />;
    return <LazyPage name={view} />;
  };
  return <Shell>{show()}</Shell>;
}

async function open(): Promise<void> {
  const resetToken = takeResetToken();
  const root = document.getElementById('app');
  if (!root) return;
  followVisibleHeight();
  const storage = openStorage(() => localStorage);
  const settings = openSettings(storage);
  const page = openPage(
    await findEndpoints(root, DICTIONARIES[settings.locale.get()].unreachable),
    settings,
    storage,
    resetToken,
  );
  render(
    <PageContext.Provider value={page}>
      <App />
    </PageContext.Provider>,
    root,
  );
}

void open();
