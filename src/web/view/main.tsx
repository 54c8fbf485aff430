import type { ComponentChildren } from 'preact';

interface MainProps {
  readonly class?: 'page' | 'wall';
  readonly busy?: boolean;
  readonly children?: ComponentChildren;
}

/** The content of a page: the target of the skip link, and of the focus where nothing else can take it. */
export const Main = ({ class: name = 'page', busy = false, children }: MainProps) => (
  <main id="content" class={name} tabIndex={-1} aria-busy={busy}>
    {children}
  </main>
);
