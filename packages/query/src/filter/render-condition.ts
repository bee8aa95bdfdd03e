import { type Condition, parseIsoTime } from '@tracewell/domain';
import { InvalidQuery } from '../invalid-query';
import type { ProjectScope } from '../sql/project-scope';
import { float, type Sql, sql, text, textList, time } from '../sql/sql';
import { acceptedTypes, type Column, type ColumnTable } from './column';
import { renderTextOperator } from './text-operator';

/** Conditions of one filter; each may be a scan of its own. */
export const maxConditions = 100;

/** One boolean expression per condition. Throws `InvalidQuery` for an unknown column or a type it has not. */
export function renderFilter(scope: ProjectScope, table: ColumnTable, filter: readonly Condition[]): Sql[] {
  if (filter.length > maxConditions) {
    throw new InvalidQuery(
      `A filter takes at most ${maxConditions} conditions, this one has ${filter.length}.`,
    );
  }
  return filter.map((condition) => renderCondition(scope, columnOf(table, condition), condition));
}

export function columnOf(table: ColumnTable, condition: Condition): Column {
  const column = table.get(condition.column);
  if (!column) {
    throw new InvalidQuery(
      `Column "${condition.column}" is not known here. Known columns: ${[...table.keys()].join(', ')}.`,
    );
  }
  const accepted = column.type === 'elsewhere' ? column.accepts : acceptedTypes[column.type];
  if (!accepted.includes(condition.type)) {
    throw new InvalidQuery(
      `Column "${condition.column}" does not take conditions of type "${condition.type}". Use ${accepted.join(' or ')}.`,
    );
  }
  return column;
}

export function renderCondition(scope: ProjectScope, column: Column, condition: Condition): Sql {
  switch (column.type) {
    case 'elsewhere':
      return column.render(scope, condition);
    case 'textMap':
      if (condition.type !== 'stringObject') return renderNull(sql`1`, condition);
      return renderTextOperator(column.value(text(condition.key)), condition.operator, condition.value);
    case 'textArray':
      return renderArray(column.expression, condition);
    case 'text':
      return renderText(column, condition);
    default:
      return renderScalar(column.expression, condition);
  }
}

function renderText(column: Extract<Column, { type: 'text' }>, condition: Condition): Sql {
  const { expression } = column;
  switch (condition.type) {
    case 'string':
      return renderTextOperator(expression, condition.operator, condition.value, column.matches);
    case 'stringOptions':
      return condition.operator === 'any of'
        ? sql`${expression} IN ${textList(condition.value)}`
        : sql`${expression} NOT IN ${textList(condition.value)}`;
    default:
      return renderNull(sql`${expression} = ''`, condition);
  }
}

function renderArray(expression: Sql, condition: Condition): Sql {
  if (condition.type !== 'arrayOptions' && condition.type !== 'stringOptions') {
    return renderNull(sql`empty(${expression})`, condition);
  }
  const values = textList(condition.value);
  switch (condition.operator) {
    case 'any of':
      return sql`hasAny(${expression}, ${values})`;
    case 'none of':
      return sql`NOT hasAny(${expression}, ${values})`;
    case 'all of':
      return sql`hasAll(${expression}, ${values})`;
  }
}

function renderScalar(expression: Sql, condition: Condition): Sql {
  switch (condition.type) {
    case 'number':
      return renderComparison(expression, condition.operator, sql`${float(numberOf(condition))}`);
    case 'datetime':
      return renderComparison(expression, condition.operator, time(timeOf(condition)));
    case 'boolean':
      return renderBoolean(expression, condition);
    default:
      return renderNull(sql`isNull(${expression})`, condition);
  }
}

export function renderComparison(left: Sql, operator: '=' | '>' | '<' | '>=' | '<=', right: Sql): Sql {
  switch (operator) {
    case '=':
      return sql`${left} = ${right}`;
    case '>':
      return sql`${left} > ${right}`;
    case '<':
      return sql`${left} < ${right}`;
    case '>=':
      return sql`${left} >= ${right}`;
    case '<=':
      return sql`${left} <= ${right}`;
  }
}

export function renderBoolean(expression: Sql, condition: { operator: '=' | '<>'; value: boolean }): Sql {
  const wanted = condition.operator === '=' ? condition.value : !condition.value;
  return wanted ? sql`(${expression})` : sql`NOT (${expression})`;
}

function renderNull(isAbsent: Sql, condition: Condition): Sql {
  if (condition.type !== 'null')
    throw new TypeError(`No rendering for a condition of type ${condition.type}.`);
  return condition.operator === 'is null' ? isAbsent : sql`NOT (${isAbsent})`;
}

/** What the wire takes for a time: ISO 8601 with an offset, or what the Date parser reads. */
function timeOf(condition: Extract<Condition, { type: 'datetime' }>): number {
  const parsed = parseIsoTime(condition.value) ?? Date.parse(condition.value) * 1000;
  if (Number.isNaN(parsed)) {
    throw new InvalidQuery(
      `"${condition.value}" on column "${condition.column}" is no time. Use ISO 8601 with an offset, like 2026-01-31T12:00:00Z.`,
    );
  }
  return parsed;
}

export function numberOf(condition: { column: string; value: number }): number {
  if (Number.isFinite(condition.value)) return condition.value;
  throw new InvalidQuery(`The value on column "${condition.column}" must be a finite number.`);
}
