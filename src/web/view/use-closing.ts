import { useEffect } from 'preact/hooks';

/** Closes the menu with Esc, and when something outside is pressed. */
export function useClosing(menu: { readonly current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const close = (event: Event): void => {
      const outside = event.type === 'click' && !menu.current?.contains(event.target as Node);
      const escape = event instanceof KeyboardEvent && event.key === 'Escape';
      if (!menu.current?.open || !(outside || escape)) return;
      menu.current.open = false;
      if (escape) menu.current.querySelector('summary')?.focus();
    };
    addEventListener('click', close);
    addEventListener('keydown', close);
    return () => {
      removeEventListener('click', close);
      removeEventListener('keydown', close);
    };
  }, []);
}
