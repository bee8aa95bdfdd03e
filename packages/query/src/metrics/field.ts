import type { Filter, Microseconds } from '@tracewell/domain';
import type { Column } from '../filter/column';
import type { TraceColumnsMean } from '../observations/observation-columns';
import type { ProjectScope } from '../sql/project-scope';
import type { Sql } from '../sql/sql';

/** What the SQL of a view is made for. */
export interface ViewContext {
  scope: ProjectScope;
  from: Microseconds;
  to: Microseconds;
  traceColumns: TraceColumnsMean;
}

/** What a field's expression stands on beside a row of the view: a joined table, or an array taken apart. */
interface Needs {
  joins?: readonly string[];
  expands?: string;
}

/** What rows can be grouped by. The expression is over a row of the view and what it needs. */
export interface Dimension extends Needs {
  type: 'text' | 'number' | 'boolean' | 'textArray';
  value: Sql;
  /** How a condition on it is answered, where that is not by the value. */
  column?: Column;
  /** So many values that an answer needs a limit and an order (second generation of the wire). */
  manyValued?: boolean;
}

/**
 * What rows are measured by; NULL where a row says nothing. `integer` is shown as decimal text on the wire;
 * `text` can only be counted.
 */
export interface Measure extends Needs {
  type: 'integer' | 'float' | 'text';
  value: Sql;
  /** A dimension it makes no sense without. */
  dimension?: string;
}

export interface View {
  dimensions: ReadonlyMap<string, Dimension>;
  measures: ReadonlyMap<string, Measure>;
  /** Columns of a filter that are no dimension. */
  columns: ReadonlyMap<string, Column>;
  /** The time of a row. */
  time: Sql;
  /** Columns of a filter that only `rows` can answer. */
  ownColumns?: ReadonlySet<string>;
  /** One row per entity in the time range: `SELECT … FROM …`, with the columns all expressions stand on. */
  rows(context: ViewContext, asked: AskedRows): Sql;
  /** Arrays of a row: alias → what a row is multiplied by. */
  expansions: ReadonlyMap<string, Sql>;
  /** `SELECT …` whose first columns equal those of `on` in a row of the view. */
  joins: ReadonlyMap<string, Join>;
}

export interface AskedRows {
  /** Conditions on columns of the table itself. */
  where: readonly Sql[];
  /** Arrays to be taken apart, a row per element. */
  expanded: readonly Sql[];
  /** Conditions on `ownColumns`. */
  filter: Filter;
}

export interface Join {
  select(context: ViewContext): Sql;
  on: Sql;
}

export const table = <Value>(entries: Record<string, Value>): ReadonlyMap<string, Value> =>
  new Map(Object.entries(entries));
