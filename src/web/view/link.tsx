import type { ComponentChildren } from 'preact';
import { usePage } from '../state/page';
import { hrefOf, type Route } from '../state/router';

interface LinkProps {
  readonly to: Route;
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly current?: boolean;
}

/** Leads to a place without loading the page anew, unless a key asks for another tab or window. */
export function Link({ to, children, current, ...rest }: LinkProps) {
  const { go } = usePage();
  return (
    <a
      {...rest}
      href={hrefOf(to)}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
