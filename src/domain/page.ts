import { badInput } from './errors';

export const MAX_PAGE_SIZE = 100;

/** @throws DomainError BAD_USER_INPUT */
export function parsePageSize(value: number, field: string): number {
  if (!Number.isInteger(value) || value < 1 || value > MAX_PAGE_SIZE) {
    throw badInput(field, `${field} must be 1 to ${MAX_PAGE_SIZE}.`);
  }
  return value;
}

/** @throws DomainError BAD_USER_INPUT */
export function parsePage(value: number): number {
  if (!Number.isInteger(value) || value < 1) throw badInput('page', 'page must be 1 or more.');
  return value;
}

export interface Slice<T> {
  readonly items: readonly T[];
  /** Whether more items follow in the direction of reading. */
  readonly hasMore: boolean;
}

/** @param items as many as the limit and one more, if there are so many */
export const slice = <T>(items: readonly T[], limit: number): Slice<T> => ({
  items: items.slice(0, limit),
  hasMore: items.length > limit,
});
