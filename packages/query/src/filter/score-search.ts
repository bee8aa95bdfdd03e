import type { SearchTest } from '@tracewell/domain/search/index';
import type { ProjectScope } from '../sql/project-scope';
import { type Sql, sql, text } from '../sql/sql';
import type { ScoreSubject } from './score-conditions';
import { anyOf, testNumber, testText } from './search-test';

/**
 * Whether a row is judged so by scores of a name: by their mean where it is compared, by some score's word or truth
 * where it is named.
 */
export function testScore(scope: ProjectScope, subject: ScoreSubject, name: string, test: SearchTest): Sql {
  const scores = (says: Sql): Sql =>
    scope.current('scores', { where: [sql`name = ${text(name)}`, subject.judges, says] });
  switch (test.kind) {
    case 'present':
      return sql`${subject.row} IN (SELECT ${subject.score} FROM ${scores(sql`1`)})`;
    case 'is':
      return sql`${subject.row} IN (SELECT ${subject.score} FROM ${scores(saysOneOf(test))})`;
    default:
      return sql`${subject.row} IN (SELECT ${subject.score} FROM ${scores(isMeasured)} GROUP BY ${subject.score} HAVING ${testNumber(sql`avg(value)`, test)})`;
  }
}

const isMeasured = sql`data_type IN ('NUMERIC', 'BOOLEAN')`;

function saysOneOf(test: Extract<SearchTest, { kind: 'is' }>): Sql {
  const says = [sql`data_type IN ('CATEGORICAL', 'TEXT') AND ${testText(sql`string_value`, test)}`];
  for (const { text: word } of test.patterns) {
    if (/^true$/i.test(word)) says.push(sql`data_type = 'BOOLEAN' AND value = 1`);
    if (/^false$/i.test(word)) says.push(sql`data_type = 'BOOLEAN' AND value = 0`);
  }
  return anyOf(says);
}
