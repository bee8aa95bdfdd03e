import type { Condition } from '@tracewell/domain';
import type { ProjectScope } from '../sql/project-scope';
import { float, type Sql, sql, text, textList } from '../sql/sql';
import type { Column } from './column';
import { numberOf, renderComparison } from './render-condition';

/** Whose scores are meant, and what of the list's row names them. */
export interface ScoreSubject {
  /** Of a row of the list, and of a score: equal when the score judges the row. */
  row: Sql;
  score: Sql;
  /** Which scores judge rows of this kind at all. */
  judges: Sql;
}

/** Scores of a trace, on itself or on its observations. */
export const traceOfTrace: ScoreSubject = {
  row: sql`trace_id`,
  score: sql`trace_id`,
  judges: sql`trace_id != ''`,
};
/** Scores of the observation itself. */
export const observationItself: ScoreSubject = {
  row: sql`(trace_id, id)`,
  score: sql`(trace_id, observation_id)`,
  judges: sql`observation_id != ''`,
};
/** Scores of the observation's trace as a whole. */
export const traceOfObservation: ScoreSubject = {
  row: sql`trace_id`,
  score: sql`trace_id`,
  judges: sql`trace_id != '' AND observation_id = ''`,
};

export const averageScore = (subject: ScoreSubject): Column => ({
  type: 'elsewhere',
  accepts: ['numberObject'],
  render: (scope, condition) => {
    const { key, operator, value } = condition as Extract<Condition, { type: 'numberObject' }>;
    const scores = scoresNamed(scope, subject, key, sql`data_type IN ('NUMERIC', 'BOOLEAN')`);
    const holds = renderComparison(
      sql`avg(value)`,
      operator,
      sql`${float(numberOf({ column: key, value }))}`,
    );
    return sql`${subject.row} IN (SELECT ${subject.score} FROM ${scores} GROUP BY ${subject.score} HAVING ${holds})`;
  },
});

export const scoreCategory = (subject: ScoreSubject): Column => ({
  type: 'elsewhere',
  accepts: ['categoryOptions'],
  render: (scope, condition) => {
    const { key, operator, value } = condition as Extract<Condition, { type: 'categoryOptions' }>;
    const scores = scoresNamed(
      scope,
      subject,
      key,
      sql`data_type = 'CATEGORICAL' AND string_value IN ${textList(value)}`,
    );
    return isJudgedBy(subject, scores, operator === 'any of');
  },
});

/** `=`: some score says so. `<>`: none does. */
export const scoreBoolean = (subject: ScoreSubject): Column => ({
  type: 'elsewhere',
  accepts: ['booleanObject'],
  render: (scope, condition) => {
    const { key, operator, value } = condition as Extract<Condition, { type: 'booleanObject' }>;
    const says = value ? sql`data_type = 'BOOLEAN' AND value = 1` : sql`data_type = 'BOOLEAN' AND value = 0`;
    return isJudgedBy(subject, scoresNamed(scope, subject, key, says), operator === '=');
  },
});

const scoresNamed = (scope: ProjectScope, subject: ScoreSubject, name: string, says: Sql): Sql =>
  scope.current('scores', { where: [sql`name = ${text(name)}`, subject.judges, says] });

const isJudgedBy = (subject: ScoreSubject, scores: Sql, wanted: boolean): Sql =>
  wanted
    ? sql`${subject.row} IN (SELECT ${subject.score} FROM ${scores})`
    : sql`${subject.row} NOT IN (SELECT ${subject.score} FROM ${scores})`;
