import type { Place } from './expression';

/** A query that cannot be understood: what is wrong, where, and what may have been meant. */
export class SearchError extends Error {
  override readonly name = 'SearchError';
  /** Of the first character that is wrong, from 1. */
  readonly column: number;
  /** Characters. */
  readonly length: number;

  /** What is wrong, without the suggestions that `message` ends with. */
  readonly reason: string;

  constructor(
    reason: string,
    readonly place: Place,
    /** Texts to put in its place, the likeliest first. */
    readonly suggestions: readonly string[] = [],
  ) {
    super(suggestions.length > 0 ? `${reason} Did you mean ${suggestions.join(' or ')}?` : reason);
    this.reason = reason;
    this.column = place.start + 1;
    this.length = Math.max(1, place.end - place.start);
  }
}
