import type { Metadata } from '@tracewell/domain';
import type { ObservationRow } from '../observations/observation-fields';
import type { SummaryRow } from './summarise-traces';

/** A current row of a trace, of either kind, as `readTraceRows` reads it: payloads may be '' on lesser rows. */
export type TraceRow = ObservationRow<
  'basic' | 'time' | 'size' | 'model' | 'usage' | 'prompt' | 'toolNames' | 'traceContext' | 'io' | 'metadata'
> & {
  isRecord: boolean;
  rowVersion: number;
  traceInput: string;
  traceOutput: string;
  traceMetadata: Metadata;
};

/**
 * The aggregate of `summarySql` over the rows of one trace that are at hand, in the order of their start and id:
 * of two that started at the same time the later id speaks.
 */
export function foldRows(rows: readonly TraceRow[]): SummaryRow {
  const records = rows.filter(({ isRecord }) => isRecord);
  const observed = rows.filter(({ isRecord }) => !isRecord);
  const roots = observed.filter(isRoot);
  const record = records.reduce<TraceRow | undefined>(
    (best, row) => (best && best.rowVersion >= row.rowVersion ? best : row),
    undefined,
  );
  const latest = (of: readonly TraceRow[], say: (row: TraceRow) => string): string =>
    say(of.findLast((row) => say(row) !== '') ?? nobody) ?? '';
  const levelCounts: Record<string, number> = {};
  for (const { level } of observed) levelCounts[level] = (levelCounts[level] ?? 0) + 1;
  const ends = observed.flatMap(({ endTime }) => endTime ?? []);

  return {
    trace_id: rows[0]?.traceId ?? '',
    records: records.length,
    record: record
      ? [
          record.startTime,
          record.traceName,
          record.userId,
          record.sessionId,
          record.release,
          record.version,
          record.environment,
          record.tags,
          record.public ?? false,
          record.input,
          record.output,
        ]
      : [0, '', '', '', '', '', '', [], false, '', ''],
    latestSaid: [
      latest(observed, ({ traceName }) => traceName),
      latest(observed, ({ userId }) => userId),
      latest(observed, ({ sessionId }) => sessionId),
      latest(observed, ({ release }) => release),
      latest(observed, ({ version }) => version),
      latest(observed, ({ environment }) => environment),
      latest(observed, ({ traceInput }) => traceInput),
      latest(observed, ({ traceOutput }) => traceOutput),
    ],
    saidTags: observed.findLast(({ tags }) => tags.length > 0)?.tags ?? [],
    saidPublic: observed.some((row) => row.public === true),
    latestOfRoot: [
      latest(roots, ({ name }) => name),
      latest(roots, ({ input }) => input),
      latest(roots, ({ output }) => output),
    ],
    levelCounts,
    firstAt: rows[0]?.startTime ?? 0,
    firstStart: observed[0]?.startTime ?? 0,
    lastStart: observed.at(-1)?.startTime ?? 0,
    lastEnd: ends.length > 0 ? maxOf(ends) : null,
    usageSum: sumMaps(rows.map(({ usage }) => usage)),
    costSum: sumMaps(rows.map(({ cost }) => cost)),
    models: [...new Set(rows.flatMap(({ model }) => model || []))].slice(0, maxModels),
    payloadBytes: rows.reduce((sum, row) => sum + row.inputLength + row.outputLength, 0),
    createdAt: -maxOf(rows.map(({ createdAt }) => -createdAt)),
    updatedAt: maxOf(rows.map(({ updatedAt }) => updatedAt)),
    recordMetadata: record?.metadata ?? {},
    saidMetadata: rows.map((row) => [row.startTime, row.traceMetadata]),
    rootMetadata: roots.map((row) => [row.startTime, row.metadata]),
  };
}

const maxModels = 100;

export const isRoot = (row: { parentObservationId: string; isAppRoot: boolean }): boolean =>
  row.parentObservationId === '' || row.isAppRoot;

const nobody = {} as TraceRow;

/** Not by spreading: a trace may have more rows than a call may have arguments. */
const maxOf = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);

function sumMaps(maps: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = Object.create(null);
  for (const map of maps) {
    for (const [key, value] of Object.entries(map)) sums[key] = (sums[key] ?? 0) + value;
  }
  return sums;
}
