import type { Microseconds } from '../observation';

/** Where something stands in the text of a query: offsets, the end excluded. */
export interface Place {
  start: number;
  end: number;
}

/** What a query means. Every name in it is a name of the catalogue, every value of its field's kind. */
export type SearchExpression =
  | { kind: 'and' | 'or'; parts: SearchExpression[]; place: Place }
  | { kind: 'not'; part: SearchExpression; place: Place }
  | SearchTerm;

export type SearchTerm =
  /** Stands anywhere in the texts of a row, whatever its case. */
  | { kind: 'text'; text: string; place: Place }
  | { kind: 'field'; field: string; key: string | null; test: SearchTest; place: Place };

export type SearchTest =
  /** One of these. */
  | { kind: 'is'; patterns: TextPattern[] }
  /** In the unit of the field. */
  | { kind: 'compare'; operator: Comparison; value: number }
  /** Both ends included. */
  | { kind: 'between'; from: number; to: number }
  | { kind: 'since'; from: Microseconds }
  | { kind: 'before'; to: Microseconds }
  /** From the first on, up to and without the second. */
  | { kind: 'during'; from: Microseconds; to: Microseconds }
  | { kind: 'flag'; value: boolean }
  | { kind: 'present' };

export type Comparison = '=' | '<' | '<=' | '>' | '>=';

/** `isGlob`: `*` stands for any characters, and case does not matter. */
export interface TextPattern {
  text: string;
  isGlob: boolean;
}
