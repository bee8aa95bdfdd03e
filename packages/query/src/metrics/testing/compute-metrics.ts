import type { Condition, MetricAggregation } from '@tracewell/domain';
import type { Granularity, MetricQuery } from '../metric-query';
import { metricKey } from '../metric-query';
import type { Dataset, Row, Score } from './random-rows';

/**
 * What the answer of a query is, computed in the plainest way from rows in memory: the judge of the SQL. It
 * shares nothing with it but the names.
 */
type Value = string | number | boolean | string[] | null;
interface Entity {
  time: number;
  /** A list of values where an entity stands in several groups. */
  dimensions: Record<string, Value | { each: Value[] }>;
  measures: Record<string, number | string | null>;
  /** Per group of `costType` or `usageType`. */
  byType: Record<string, Record<string, number>>;
  metadata: Record<string, string>;
}

export interface ExpectedRow {
  time: number | null;
  dimensions: Record<string, Value>;
  metrics: Record<string, number | null>;
}

export function computeMetrics(data: Dataset, query: MetricQuery): ExpectedRow[] {
  const entities = entitiesOf(data, query)
    .filter(({ time }) => time >= query.from && time < query.to)
    .filter((entity) => query.filter.every((condition) => holds(entity, condition)));
  const groups = new Map<
    string,
    { row: ExpectedRow; members: { entity: Entity; key: Record<string, Value> }[] }
  >();
  const add = (time: number | null, dimensions: Record<string, Value>, entity?: Entity) => {
    const id = JSON.stringify([time, dimensions]);
    const group = groups.get(id) ?? { row: { time, dimensions, metrics: {} }, members: [] };
    if (entity) group.members.push({ entity, key: dimensions });
    groups.set(id, group);
  };
  if (query.dimensions.length === 0 && !query.time) add(null, {});
  for (const entity of entities) {
    for (const key of keysOf(entity, query.dimensions)) {
      add(query.time ? startOf(entity.time, query.time) : null, key, entity);
    }
  }
  for (const { row, members } of groups.values()) {
    for (const { measure, aggregation } of query.metrics) {
      const values = members.map(({ entity, key }) => {
        const type = entity.byType[measure];
        if (!type) return entity.measures[measure] ?? null;
        return type[String(key[measure === 'costByType' ? 'costType' : 'usageType'])] ?? null;
      });
      row.metrics[metricKey({ measure, aggregation })] = aggregateValues(values, aggregation);
    }
  }
  return [...groups.values()].map(({ row }) => row);
}

/** One group per combination of values. */
function keysOf(entity: Entity, names: readonly string[]): Record<string, Value>[] {
  let keys: Record<string, Value>[] = [{}];
  for (const name of names) {
    const value = entity.dimensions[name];
    const each =
      value !== null && typeof value === 'object' && 'each' in value ? value.each : [value ?? null];
    keys = keys.flatMap((key) => each.map((one) => ({ ...key, [name]: one === '' ? null : one })));
  }
  return keys;
}

export function startOf(time: number, granularity: Granularity): number {
  const date = new Date(Math.floor(time / 1000));
  date.setUTCSeconds(0, 0);
  if (granularity !== 'minute') date.setUTCMinutes(0);
  if (granularity !== 'minute' && granularity !== 'hour') date.setUTCHours(0);
  if (granularity === 'week') date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  if (granularity === 'month') date.setUTCDate(1);
  return date.getTime() * 1000;
}

function aggregateValues(values: (number | string | null)[], aggregation: MetricAggregation): number | null {
  const said = values.filter((value) => value !== null);
  if (aggregation === 'count') return said.length;
  if (aggregation === 'uniq') return new Set(said).size;
  const numbers = (said as number[]).toSorted((a, b) => a - b);
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((total, value) => total + value, 0);
  switch (aggregation) {
    case 'sum':
      return sum;
    case 'avg':
      return sum / numbers.length;
    case 'min':
      return numbers[0]!;
    case 'max':
      return numbers.at(-1)!;
    case 'histogram':
      return numbers.length;
    default: {
      const place = (Number(aggregation.slice(1)) / 100) * (numbers.length - 1);
      const lower = numbers[Math.floor(place)]!;
      const upper = numbers[Math.ceil(place)]!;
      return lower + (upper - lower) * (place - Math.floor(place));
    }
  }
}

function holds(entity: Entity, condition: Condition): boolean {
  if (condition.type === 'stringObject') {
    const value = entity.metadata[condition.key] ?? '';
    return condition.operator === '=' ? value === condition.value : value.includes(condition.value);
  }
  const found = entity.dimensions[condition.column] ?? null;
  const list = found !== null && typeof found === 'object' ? ('each' in found ? found.each : found) : null;
  switch (condition.type) {
    case 'string':
      return condition.operator === '='
        ? (found ?? '') === condition.value
        : String(found ?? '').includes(condition.value);
    case 'stringOptions':
      return condition.value.includes((found as string | null) ?? '') === (condition.operator === 'any of');
    case 'arrayOptions': {
      const isIn = (value: string) => (list as string[]).includes(value);
      if (condition.operator === 'all of') return condition.value.every(isIn);
      return condition.value.some(isIn) === (condition.operator === 'any of');
    }
    case 'boolean':
      return (found === condition.value) === (condition.operator === '=');
    default:
      throw new TypeError(`No condition of type ${condition.type} is asked here.`);
  }
}

function entitiesOf(data: Dataset, query: MetricQuery): Entity[] {
  if (query.view === 'observations') return observationEntities(data, query.traceColumns);
  if (query.view === 'traces') return traceEntities(data);
  return scoreEntities(data, query.view);
}

const milliseconds = (start: number | null, end: number | null): number | null =>
  start === null || end === null ? null : Math.floor(end / 1000) - Math.floor(start / 1000);
const month = (time: number): string => new Date(time / 1000).toISOString().slice(0, 7);
const sumWhere = (map: Record<string, number>, isMeant: (key: string) => boolean): number =>
  Object.entries(map).reduce((total, [key, value]) => (isMeant(key) ? total + value : total), 0);
const isInput = (key: string) => key.includes('input');
const isOutput = (key: string) => key.includes('output') && !isInput(key);
const rate = (tokens: number, ms: number | null): number | null =>
  ms !== null && ms > 0 ? tokens / (ms / 1000) : null;

type SaidOfTrace = 'traceName' | 'userId' | 'sessionId' | 'release' | 'version' | 'environment' | 'tags';
type Described = ReturnType<typeof describeTraceAnew>;
const described = new WeakMap<Dataset, Map<string, Described>>();

function describeTrace(data: Dataset, traceId: string): Described {
  const known = described.get(data) ?? new Map<string, Described>();
  described.set(data, known);
  const trace = known.get(traceId) ?? describeTraceAnew(data, traceId);
  known.set(traceId, trace);
  return trace;
}

/** What is said of the trace: by its record, else by the latest row that says something. */
function describeTraceAnew(data: Dataset, traceId: string) {
  const rows = data.heard
    .filter((row) => row.traceId === traceId)
    .sort((a, b) => a.startTime - b.startTime || (a.id < b.id ? -1 : 1));
  const record = rows.find(({ isRecord }) => isRecord);
  const observed = rows.filter(({ isRecord }) => !isRecord);
  const latest = <Name extends SaidOfTrace>(name: Name): Row[Name] | undefined =>
    [record, ...observed.toReversed()].find((row) => row && row[name].length > 0)?.[name];
  const root = observed.findLast((row) => row.parentObservationId === '' || row.isAppRoot);
  return {
    time: record?.startTime ?? rows[0]?.startTime ?? 0,
    name: latest('traceName') || root?.name || '',
    userId: latest('userId') ?? '',
    sessionId: latest('sessionId') ?? '',
    release: latest('release') ?? '',
    version: latest('version') ?? '',
    environment: latest('environment') ?? 'default',
    tags: [...(latest('tags') ?? [])].sort(),
  };
}

function observationEntities(data: Dataset, mean: MetricQuery['traceColumns']): Entity[] {
  return data.rows
    .filter(({ isRecord }) => !isRecord)
    .map((row) => {
      const trace = describeTrace(data, row.traceId);
      const said = <Value extends string | string[]>(own: Value, ofTrace: Value): Value => {
        if (mean === 'of-trace') return ofTrace;
        return row.source === 'ingestion-api' && own.length === 0 ? ofTrace : own;
      };
      const latency = milliseconds(row.startTime, row.endTime);
      const streaming = milliseconds(row.completionStartTime, row.endTime);
      const userId = said(row.userId, trace.userId);
      const sessionId = said(row.sessionId, trace.sessionId);
      return {
        time: row.startTime,
        metadata: row.metadata,
        dimensions: {
          id: row.id,
          traceId: row.traceId,
          environment: row.environment,
          parentObservationId: row.parentObservationId,
          type: row.type,
          name: row.name,
          level: row.level,
          version: row.version,
          providedModelName: row.model,
          promptName: row.promptName,
          promptVersion: row.promptVersion,
          startTimeMonth: month(row.startTime),
          isRootObservation: row.parentObservationId === '' || row.isAppRoot,
          experimentId: row.experimentId,
          toolNames: { each: Object.keys(row.toolDefinitions) },
          calledToolNames: { each: row.toolCallNames },
          costType: { each: Object.keys(row.cost) },
          usageType: { each: Object.keys(row.usage) },
          traceName: said(row.traceName, trace.name),
          userId,
          sessionId,
          release: said(row.release, trace.release),
          traceRelease: said(row.release, trace.release),
          traceVersion: said(row.version, trace.version),
          tags: said([...row.tags].sort(), trace.tags),
        },
        byType: { costByType: row.cost, usageByType: row.usage },
        measures: {
          count: 1,
          latency,
          streamingLatency: streaming,
          timeToFirstToken: milliseconds(row.startTime, row.completionStartTime),
          inputTokens: sumWhere(row.usage, isInput),
          outputTokens: sumWhere(row.usage, isOutput),
          totalTokens: row.usage.total ?? 0,
          outputTokensPerSecond: rate(sumWhere(row.usage, isOutput), streaming),
          tokensPerSecond: rate(row.usage.total ?? 0, latency),
          inputCost: sumWhere(row.cost, isInput),
          outputCost: sumWhere(row.cost, isOutput),
          totalCost: row.cost.total ?? 0,
          countScores: data.scores.filter(
            (score) => score.traceId === row.traceId && score.observationId === row.id,
          ).length,
          toolDefinitions: Object.keys(row.toolDefinitions).length,
          toolCalls: row.toolCalls.length,
          traceId: row.traceId,
          uniqueUserIds: userId || null,
          uniqueSessionIds: sessionId || null,
        },
      };
    });
}

function traceEntities(data: Dataset): Entity[] {
  return [...new Set(data.heard.map(({ traceId }) => traceId))].map((traceId) => {
    const trace = describeTrace(data, traceId);
    const rows = data.rows.filter((row) => row.traceId === traceId && !row.isRecord);
    const withRecord = data.rows.filter((row) => row.traceId === traceId);
    const first = Math.min(...rows.map(({ startTime }) => startTime));
    const last = Math.max(...rows.map(({ startTime, endTime }) => Math.max(startTime, endTime ?? 0)));
    const metadata = rows.toReversed();
    return {
      time: trace.time,
      metadata: metadata[0]?.metadata ?? {},
      byType: {},
      dimensions: { id: traceId, ...trace, timestampMonth: month(trace.time) },
      measures: {
        count: 1,
        observationsCount: rows.length,
        scoresCount: data.scores.filter((score) => score.traceId === traceId).length,
        uniqueUserIds: trace.userId || null,
        uniqueSessionIds: trace.sessionId || null,
        latency: rows.length === 0 ? 0 : Math.floor((last - first) / 1000),
        totalTokens: withRecord.reduce((sum, { usage }) => sum + (usage.total ?? 0), 0),
        totalCost: withRecord.reduce((sum, { cost }) => sum + (cost.total ?? 0), 0),
      },
    };
  });
}

const dataTypesOf: Record<string, Score['dataType'][]> = {
  'scores-numeric': ['NUMERIC', 'BOOLEAN'],
  'scores-boolean': ['BOOLEAN'],
  'scores-categorical': ['CATEGORICAL'],
};

function scoreEntities(data: Dataset, view: string): Entity[] {
  return data.scores
    .filter(({ dataType }) => dataTypesOf[view]!.includes(dataType))
    .map((score) => {
      const trace = describeTrace(data, score.traceId);
      const row = data.rows.find(
        ({ traceId, id, isRecord }) => !isRecord && traceId === score.traceId && id === score.observationId,
      );
      const isOfTrace = score.traceId !== '';
      return {
        time: score.timestamp,
        metadata: score.metadata,
        byType: {},
        dimensions: {
          id: score.id,
          environment: score.environment,
          name: score.name,
          source: score.source,
          dataType: score.dataType,
          traceId: score.traceId,
          configId: score.configId,
          observationId: score.observationId,
          timestampMonth: month(score.timestamp),
          timestampDay: new Date(score.timestamp / 1000).toISOString().slice(0, 10),
          traceName: trace.name,
          tags: trace.tags,
          userId: trace.userId,
          sessionId: score.sessionId || trace.sessionId,
          traceRelease: trace.release,
          traceVersion: trace.version,
          observationName: row?.name ?? '',
          observationModelName: row?.model ?? '',
          observationPromptName: row?.promptName ?? '',
          observationPromptVersion: row?.promptVersion ?? null,
          experimentId: isOfTrace ? experimentOf(data, score.traceId) : '',
          value: score.value,
          booleanValue: score.value === 1,
          stringValue: score.stringValue,
        },
        measures: { count: 1, value: score.value },
      };
    });
}

const experimentOf = (data: Dataset, traceId: string): string =>
  data.heard.some((row) => row.traceId === traceId && row.experimentId !== '') ? 'e1' : '';
