import type { Page } from 'playwright-core';

/** Laid over others on purpose, on a ground of their own; and what only screen readers get. */
const ALLOWED = '.rooms button.link, .to-newest, .banner, .hidden-copy, .skip, dialog';

const FIND = `(() => {
  const clip = (rect, element) => {
    let { left, top, right, bottom } = rect;
    for (let box = element; box && box !== document.documentElement; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      if (overflowX !== 'visible') [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
      if (overflowY !== 'visible') [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
    }
    return { left: Math.max(left, 0), top: Math.max(top, 0), right: Math.min(right, innerWidth), bottom: Math.min(bottom, innerHeight) };
  };
  const parts = [];
  const add = (element, rect, name) => {
    const { left, top, right, bottom } = clip(rect, element);
    if (right - left > 3 && bottom - top > 3) parts.push({ element, left, top, right, bottom, name });
  };
  const isShown = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('${ALLOWED}')) return false;
    for (let box = element; box; box = box.parentElement) if (getComputedStyle(box).clipPath !== 'none') return false;
    return true;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    const element = node.parentElement;
    if (!node.data.trim() || !isShown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, height } of range.getClientRects()) {
      // The box of a line is higher than its letters.
      add(element, { left, right, top: top + height * 0.2, bottom: top + height * 0.8 }, node.data.trim().slice(0, 30));
    }
  }
  for (const control of document.querySelectorAll('a, button, summary, input, select, textarea, .icon, img')) {
    // What a finger hits may be larger than what is seen.
    const isBare = control.matches('a, button, summary') && getComputedStyle(control).backgroundColor === 'rgba(0, 0, 0, 0)';
    if (isBare || !isShown(control)) continue;
    add(control, control.getBoundingClientRect(), control.ariaLabel || control.textContent.trim().slice(0, 30) || control.tagName);
  }
  const found = new Set();
  for (const [i, a] of parts.entries())
    for (const b of parts.slice(i + 1)) {
      if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width > 2 && height > 2) found.add(a.name + ' | ' + b.name);
    }
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.add('the page is ' + wide + ' px too wide');
  return [...found];
})()`;

/** Texts and controls in view that cover each other, and whether the page has to be scrolled sideways. */
export const overlaps = (page: Page): Promise<string[]> => page.evaluate<string[]>(FIND);
