/** The style sheet folds what exceeds it. */
const LINES = 12;
/** Characters on a line of the narrowest phone, at least. */
const NARROWEST = 14;

/** Whether a text can exceed twelve lines on some screen. Measuring is left out for all others, because it costs a layout. */
export function mayNeedFolding(text: string): boolean {
  let lines = 0;
  for (const line of text.split('\n')) lines += Math.max(1, Math.ceil(line.length / NARROWEST));
  return lines > LINES;
}
