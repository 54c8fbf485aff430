import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useWords } from '../state/page';

const loaded = new Map<string, ComponentType>();
const PAGES = {
  mood: () => import('../pages/mood-page'),
  letters: () => import('../pages/letters-page'),
  reports: () => import('../pages/reports-page'),
  me: () => import('../pages/my-page'),
};

/** A place whose code, with charts and Markdown, comes when it is opened. */
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
      () => setFailed(true),
    );
  }, [name, turn]);
  const Found = loaded.get(name);
  if (Found) return <Found />;
  return (
    <main id="content" class="page" aria-busy={!failed}>
      {failed && (
        <div class="empty" role="alert">
          <p>{words['page-failed']}</p>
          <button type="button" onClick={() => setTurn((n) => n + 1)}>
            {words.reload}
          </button>
        </div>
      )}
    </main>
  );
}
