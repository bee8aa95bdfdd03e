import type { Condition } from '@tracewell/domain';
import type { ProjectScope } from '../sql/project-scope';
import { type Param, type Sql, sql } from '../sql/sql';

export type ConditionType = Condition['type'];

/** How a column of a list is answered. Expressions are over the rows the list's SQL selects from. */
export type Column =
  | { type: 'text'; expression: Sql; matches?: 'folded' | 'exact' }
  | { type: 'number'; expression: Sql }
  | { type: 'datetime'; expression: Sql }
  | { type: 'boolean'; expression: Sql }
  | { type: 'textArray'; expression: Sql }
  /** `key` is the client's. */
  | { type: 'textMap'; value: (key: Param) => Sql }
  /** Answered from another table: renders the whole condition. */
  | { type: 'elsewhere'; accepts: readonly ConditionType[]; render: RenderElsewhere };

export type RenderElsewhere = (scope: ProjectScope, condition: Condition) => Sql;

/** Names what no row has yet: it is empty everywhere, and a filter on it finds what an empty value meets. */
export const emptyEverywhere: Column = { type: 'text', expression: sql`''` };

/** By the id the wire knows the column under; aliases are entries of their own. */
export type ColumnTable = ReadonlyMap<string, Column>;

/** Which conditions make sense on which column. */
export const acceptedTypes: Record<Exclude<Column['type'], 'elsewhere'>, readonly ConditionType[]> = {
  text: ['string', 'stringOptions', 'null'],
  number: ['number', 'null'],
  datetime: ['datetime', 'null'],
  boolean: ['boolean', 'null'],
  textArray: ['arrayOptions', 'stringOptions', 'null'],
  textMap: ['stringObject', 'null'],
};

export const columnTable = (columns: Record<string, Column>): ColumnTable => new Map(Object.entries(columns));
