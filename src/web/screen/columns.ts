/** Ids of the cards in each column, the uppermost first. */
export type Columns = readonly (readonly string[])[];

export interface Card {
  readonly id: string;
  readonly height: number;
}

/** The place for the cards. Lengths in any one unit. */
export interface Board {
  readonly columns: number;
  readonly height: number;
  readonly gap: number;
}

/**
 * Places the cards so that as few as possible move: a new card comes above the column whose uppermost card is the oldest, and only that
 * column moves down. What no longer fits leaves at the lower end. Free places are filled with older cards.
 * @param cards oldest first
 */
export function arrange(before: Columns, cards: readonly Card[], board: Board): Columns {
  const rank = new Map(cards.map(({ id }, i) => [id, i]));
  const rankOf = (id: string | undefined): number => (id === undefined ? -1 : (rank.get(id) ?? -1));
  const heights = new Map(cards.map(({ id, height }) => [id, height]));
  const heightOf = (column: readonly string[]): number =>
    column.reduce((sum, id) => sum + (heights.get(id) ?? 0) + board.gap, -board.gap);
  const roomIn = (column: readonly string[]): number => board.height - heightOf(column) - board.gap;

  const kept = before.length === board.columns ? before : [];
  const columns = Array.from({ length: board.columns }, (_, i) => (kept[i] ?? []).filter((id) => rank.has(id)));
  const newest = Math.max(-1, ...columns.flat().map(rankOf));
  if (newest >= 0) {
    for (const { id } of cards.slice(newest + 1)) {
      const oldest = columns.reduce((a, b) => (rankOf(b[0]) < rankOf(a[0]) ? b : a));
      oldest.unshift(id);
    }
  }
  for (const column of columns) while (column.length > 1 && heightOf(column) > board.height) column.pop();
  const placed = new Set(columns.flat());
  for (const { id, height } of [...cards].reverse()) {
    if (placed.has(id)) continue;
    const emptiest = columns.reduce((a, b) => (roomIn(b) > roomIn(a) ? b : a));
    if (emptiest.length === 0 || height <= roomIn(emptiest)) emptiest.push(id);
  }
  return columns;
}
