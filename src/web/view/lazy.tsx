import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Main } from './main';
import { useWords } from '../state/page';

const loaded = new Map<string, ComponentType>();
const PAGES = {
  mood: () => import('../pages/mood-page'),
  letters: () => import('../pages/letters-page'),
  reports: () => import('../pages/reports-page'),
  me: () => import('../pages/my-page'),
  admin: () => import('../pages/admin-page'),
  reset: () => import('../pages/reset-page'),
  join: () => import('../pages/join-page'),
  'room-settings': () => import('../pages/room-settings-page'),
};

/**
 * After an upgrade of the server the code of the page that is open is gone. Then the page is loaded again, which leads to code that is
 * there.
 */
export async function reloadIfUpgraded(): Promise<void> {
  const script = document.querySelector('script[type=module]')?.getAttribute('src') ?? '';
  const html = await fetch('/', { cache: 'no-cache' }).then(
    (response) => (response.ok ? response.text() : script),
    () => script,
  );
  if (!html.includes(script)) location.reload();
}

/** A page whose code, with charts and Markdown, is loaded when it is opened. */
export function LazyPage({ name }: { name: keyof typeof PAGES }) {
  const words = useWords();
  const [turn, setTurn] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    setFailed(false);
    if (loaded.has(name)) return;
    PAGES[name]().then(
      ({ default: component }) => {
        loaded.set(name, component);
        setTurn((n) => n + 1);
      },
      () => void reloadIfUpgraded().then(() => setFailed(true)),
    );
  }, [name, turn]);
  const Found = loaded.get(name);
  if (Found) return <Found />;
  return (
    <Main busy={!failed}>
      {failed && (
        <div class="empty" role="alert">
          <p>{words['page-failed']}</p>
          <button type="button" onClick={() => setTurn((n) => n + 1)}>
            {words.reload}
          </button>
        </div>
      )}
    </Main>
  );
}
