import type { ComponentChildren } from 'preact';
import { usePage } from '../state/page';
import { hrefOf, type Route } from '../state/router';

interface LinkProps {
  readonly to: Route;
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly current?: boolean;
}

/** A link to a view, without a reload of the page. With a modifier key the browser opens another tab or window as usual. */
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
