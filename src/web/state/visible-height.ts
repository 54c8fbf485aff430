/** What covers less is no keyboard, but a bar of the browser. */
const KEYBOARD_PX = 120;

/**
 * Keeps the page within what a keyboard leaves visible. Browsers on iOS lay the page out behind it. Sets `--visible-height` and
 * `data-keyboard` on the document while one is open.
 */
export function followVisibleHeight(): void {
  const view = window.visualViewport;
  if (!view) return;
  const root = document.documentElement;
  const update = (): void => {
    // Zoomed in by two fingers, a part of the page is visible without a keyboard.
    const isOpen = view.scale <= 1.01 && innerHeight - view.height > KEYBOARD_PX;
    root.toggleAttribute('data-keyboard', isOpen);
    if (isOpen) {
      root.style.setProperty('--visible-height', `${view.height}px`);
      // The browser has moved the page to show the field.
      scrollTo(0, 0);
    } else root.style.removeProperty('--visible-height');
  };
  view.addEventListener('resize', update);
  view.addEventListener('scroll', update);
}
