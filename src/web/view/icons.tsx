import type { Emotion } from '../generated/graphql';

/** Outlines on a grid of 24 by 24, drawn in the colour of the text. */
const PATHS = {
  JOY: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M4.9 4.9l1.8 1.8M17.3 17.3l1.8 1.8M4.9 19.1l1.8-1.8M17.3 6.7l1.8-1.8',
  LOVE: 'M12 20S3.5 15 3.5 9.2A4.6 4.6 0 0 1 12 6.8a4.6 4.6 0 0 1 8.5 2.4C20.5 15 12 20 12 20z',
  CALM: 'M3 8c3-3 6-3 9 0s6 3 9 0M3 13c3-3 6-3 9 0s6 3 9 0M3 18c3-3 6-3 9 0s6 3 9 0',
  HOPE: 'M12 21v-9M12 12c0-5-3-7-8-7 0 5 3 7 8 7zM12 15c0-4 3-6 8-6 0 4-3 6-8 6z',
  SADNESS: 'M12 3s6.5 7 6.5 11.5a6.5 6.5 0 0 1-13 0C5.5 10 12 3 12 3z',
  ANGER: 'M12 22c4 0 7-2.8 7-7 0-5-4-6-4-12-4 2-5 5-5 8-1-.7-1.7-2-1.7-3.5C6 9.5 5 12 5 15c0 4.2 3 7 7 7z',
  ANXIETY: 'M12 12a1.5 1.5 0 0 1 3 0 4 4 0 0 1-7.5 1.5A6.5 6.5 0 0 1 17.5 8.5 8.5 8.5 0 0 1 13 20.5',
  WEARINESS: 'M20 14.5A8.5 8.5 0 1 1 9.5 4 7 7 0 0 0 20 14.5z',
  wall: 'M4 5h7v6H4zM13 5h7v9h-7zM4 13h7v6H4zM13 16h7v3h-7z',
  letters: 'M3 6h18v12H3zM3 7l9 7 9-7',
  me: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21c0-4 3.5-6.5 8-6.5s8 2.5 8 6.5',
  mood: 'M3 17c3 0 3-9 6-9s3 6 6 6 3-8 6-8',
  reports: 'M5 21V4h13l-2.5 4.5L18 13H5',
  settings: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18',
  send: 'M4 12l16-8-6 16-3-7z',
  plus: 'M12 5v14M5 12h14',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  down: 'M12 5v14M6 13l6 6 6-6',
  question: 'M4 5h16v11H9l-5 4zM9.6 9a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.4M12 14.2h.01',
  answer: 'M5 4v7a3 3 0 0 0 3 3h11M15 10l4 4-4 4',
  empathy: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8.3 14c.9 1.4 2.2 2.2 3.7 2.2s2.8-.8 3.7-2.2M9 9.8h.01M15 9.8h.01',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  link: 'M10.5 13.5a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7L12 6.3M13.5 10.5a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5',
  invite: 'M10 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M3 20c0-3.5 3-5.5 7-5.5s7 2 7 5.5M19 7v6M16 10h6',
  tools: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  leave: 'M13 4H5v16h8M10 12h11M17 8l4 4-4 4',
  close: 'M6 6l12 12M18 6L6 18',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** An emotion as icon and word. The colour is not needed to tell them apart. */
export function Feeling({ emotion, word }: { emotion: Emotion; word: string }) {
  return (
    <span class="feeling" key={word}>
      <Icon name={emotion} /> {word}
    </span>
  );
}
