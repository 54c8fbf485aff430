import { useWords } from '../state/page';
import type { Query } from '../view/use-query';

/** Shown in place of data that is being loaded, or could not be loaded. */
export function Waiting({ query }: { query: Query<unknown> }) {
  const words = useWords();
  if (query.failed) {
    return (
      <div class="empty" role="alert">
        <p>{words['page-failed']}</p>
        <button type="button" onClick={query.again}>
          {words.reload}
        </button>
      </div>
    );
  }
  return (
    <div class="skeleton" role="status" aria-label={words.loading}>
      <i />
      <i />
      <i />
    </div>
  );
}
