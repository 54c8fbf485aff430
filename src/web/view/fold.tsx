import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** A section that is folded away. Its content is made when it is opened for the first time. */
export function Fold({ title, children }: { title: string; children: ComponentChildren }) {
  const [opened, setOpened] = useState(false);
  return (
    <details class="fold" onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>{title}</summary>
      {opened && <div>{children}</div>}
    </details>
  );
}
