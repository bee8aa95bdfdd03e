import { type Column, columnTable, emptyEverywhere } from '../filter/column';
import { type Sql, sql } from '../sql/sql';

/**
 * What the index of traces says of one trace, as aggregates over its rows there (`GROUP BY trace_id`): first
 * what a trace-create said as a whole, else the latest span that said something.
 */
export const hasRecord = sql`max(record.row_version) > 0`;
export const traceTimestamp = sql`if(${hasRecord}, argMax(record.timestamp, record.row_version), min(first_start))`;
export const firstStart = sql`min(first_start)`;
export const lastStart = sql`max(last_start)`;

const firstNonEmpty = (...values: [Sql, Sql, Sql]): Sql =>
  sql`multiIf(${values[0]} != '', ${values[0]}, ${values[1]} != '', ${values[1]}, ${values[2]})`;
const nothing = sql`''`;

export const traceName = firstNonEmpty(
  sql`argMax(record.name, record.row_version)`,
  sql`argMax(trace_name.value, trace_name.at)`,
  sql`argMax(root_name.value, root_name.at)`,
);
export const traceUserId = firstNonEmpty(
  sql`argMax(record.user_id, record.row_version)`,
  sql`argMax(user_id.value, user_id.at)`,
  nothing,
);
export const traceSessionId = firstNonEmpty(
  sql`argMax(record.session_id, record.row_version)`,
  sql`argMax(session_id.value, session_id.at)`,
  nothing,
);
export const traceRelease = firstNonEmpty(
  sql`argMax(record.release, record.row_version)`,
  sql`argMax(release.value, release.at)`,
  nothing,
);
export const traceVersion = firstNonEmpty(
  sql`argMax(record.version, record.row_version)`,
  sql`argMax(version.value, version.at)`,
  nothing,
);
export const traceEnvironment = firstNonEmpty(
  sql`argMax(record.environment, record.row_version)`,
  sql`argMax(environment.value, environment.at)`,
  sql`'default'`,
);
/** One empty tag in the record: a person took all of them away. */
export const traceTags = sql`arrayFilter(tag -> tag != '', if(notEmpty(argMax(record.tags, record.row_version)), argMax(record.tags, record.row_version), argMax(tags.value, tags.at)))`;
export const tracePublic = sql`if(${hasRecord}, argMax(record.public, record.row_version), max(public)) = 1`;

const textColumn = (expression: Sql): Column => ({ type: 'text', expression });

/** Columns of the traces list that the index alone answers, in its HAVING. */
export const indexColumns = columnTable({
  id: textColumn(sql`trace_id`),
  evaluatorId: emptyEverywhere,
  ruleId: emptyEverywhere,
  name: textColumn(traceName),
  traceName: textColumn(traceName),
  userId: textColumn(traceUserId),
  sessionId: textColumn(traceSessionId),
  release: textColumn(traceRelease),
  version: textColumn(traceVersion),
  environment: textColumn(traceEnvironment),
  tags: { type: 'textArray', expression: traceTags },
  traceTags: { type: 'textArray', expression: traceTags },
  public: { type: 'boolean', expression: tracePublic },
  // Nothing sets it in this line of the wire: every trace is not bookmarked.
  bookmarked: { type: 'boolean', expression: sql`0 = 1` },
  timestamp: { type: 'datetime', expression: traceTimestamp },
});
