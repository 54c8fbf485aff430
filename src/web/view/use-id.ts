import { useState } from 'preact/hooks';

let ids = 0;

/** An id that no other element of the page has. Preact's own can begin again below a component that renders by itself. */
export const useId = (): string => useState(() => `id-${++ids}`)[0];
