import type { SearchExpression, SearchTerm } from '@tracewell/domain/search/index';
import { allOf, type Sql, sql } from '../sql/sql';
import { anyOf } from './search-test';

/** The expression as one condition, its terms rendered by `render`. */
export function combineSearch(expression: SearchExpression, render: (term: SearchTerm) => Sql): Sql {
  switch (expression.kind) {
    case 'and':
      return allOf(expression.parts.map((part) => combineSearch(part, render)));
    case 'or':
      return anyOf(expression.parts.map((part) => combineSearch(part, render)));
    case 'not':
      return sql`NOT (${combineSearch(expression.part, render)})`;
    default:
      return render(expression);
  }
}
