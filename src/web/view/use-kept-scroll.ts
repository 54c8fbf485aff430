import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { usePage } from '../state/page';
import { useStore } from '../state/use-store';

/** Positions by the entry of the browser's history, in pixels from the top. */
const positions = new Map<string, number>();
/** Content that is loaded later than this does not move the page any more. */
const PATIENCE_MS = 5_000;

/** Brings the reader back to where they were when they return to a page by Back or Forward. */
export function useKeptScroll(box: RefObject<HTMLElement | null>): void {
  const { entry } = usePage();
  const current = useStore(entry);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const wanted = positions.get(current) ?? 0;
    let restoring = wanted > 0;
    const restore = (): void => {
      if (!restoring) return;
      element.scrollTop = wanted;
      if (element.scrollTop >= wanted - 1) restoring = false;
    };
    const give = (): void => {
      restoring = false;
    };
    const keep = (): void => {
      if (!restoring) positions.set(current, element.scrollTop);
    };
    // What the page shows is loaded bit by bit.
    const observer = new MutationObserver(restore);
    observer.observe(element, { childList: true, subtree: true });
    const timer = setTimeout(give, PATIENCE_MS);
    element.addEventListener('scroll', keep, { passive: true });
    element.addEventListener('wheel', give, { passive: true });
    element.addEventListener('touchmove', give, { passive: true });
    element.addEventListener('keydown', give);
    element.scrollTop = 0;
    restore();
    return () => {
      observer.disconnect();
      clearTimeout(timer);
      element.removeEventListener('scroll', keep);
      element.removeEventListener('wheel', give);
      element.removeEventListener('touchmove', give);
      element.removeEventListener('keydown', give);
    };
  }, [current]);
}
