import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useKeptScroll } from './use-kept-scroll';

interface MainProps {
  readonly class?: 'page' | 'wall';
  readonly busy?: boolean;
  readonly children?: ComponentChildren;
}

/** The content of a page: the target of the skip link, and of the focus where nothing else can take it. */
export function Main({ class: name = 'page', busy = false, children }: MainProps) {
  const box = useRef<HTMLElement>(null);
  useKeptScroll(box);
  return (
    <main ref={box} id="content" class={name} tabIndex={-1} aria-busy={busy}>
      {children}
    </main>
  );
}
