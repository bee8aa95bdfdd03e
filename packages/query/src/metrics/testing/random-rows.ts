import { base, type ObservationSeed, type ScoreSeed, second } from '../../test-rows';

/** Rows of every kind at random, with versions, deletions and traces of both generations of clients. */
export interface Row {
  traceId: string;
  id: string;
  isRecord: boolean;
  startTime: number;
  endTime: number | null;
  completionStartTime: number | null;
  source: string;
  type: string;
  name: string;
  level: string;
  environment: string;
  version: string;
  release: string;
  parentObservationId: string;
  isAppRoot: boolean;
  model: string;
  promptName: string;
  promptVersion: number | null;
  usage: Record<string, number>;
  cost: Record<string, number>;
  traceName: string;
  userId: string;
  sessionId: string;
  tags: string[];
  toolDefinitions: Record<string, string>;
  toolCalls: string[];
  toolCallNames: string[];
  experimentId: string;
  experimentName: string;
  metadata: Record<string, string>;
}

export interface Score {
  id: string;
  timestamp: number;
  name: string;
  source: string;
  dataType: 'NUMERIC' | 'BOOLEAN' | 'CATEGORICAL' | 'TEXT';
  value: number;
  stringValue: string;
  traceId: string;
  observationId: string;
  sessionId: string;
  datasetRunId: string;
  environment: string;
  configId: string;
  metadata: Record<string, string>;
}

export interface Dataset {
  /** Current rows: what a reader may see. */
  rows: Row[];
  scores: Score[];
  /** All that was ever written, which the index of traces has heard. */
  heard: Row[];
  observationParts: ObservationSeed[][];
  scoreParts: ScoreSeed[][];
}

export type Random = <Item>(items: readonly Item[]) => Item;

/** The same sequence for the same seed (mulberry32). */
export function createRandom(seed: number): { next: () => number; pick: Random } {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { next, pick: (items) => items[Math.floor(next() * items.length)]! };
}

const days = 50;
export const datasetStart = base;
export const datasetEnd = base + days * 86_400 * second;

export function createDataset(seed: number): Dataset {
  const { next, pick } = createRandom(seed);
  const maybe = <Value>(chance: number, value: Value, otherwise: Value): Value =>
    next() < chance ? value : otherwise;
  const whole = (max: number) => Math.floor(next() * max);
  const parts = 3;
  const data: Dataset = {
    rows: [],
    scores: [],
    heard: [],
    observationParts: Array.from({ length: parts }, () => []),
    scoreParts: Array.from({ length: parts }, () => []),
  };

  const createRow = (traceId: string, id: string, isBatch: boolean, startTime: number): Row => {
    const endTime = maybe<number | null>(0.85, startTime + whole(9_000_000), null);
    return {
      traceId,
      id,
      isRecord: id === '',
      startTime,
      endTime,
      completionStartTime: maybe<number | null>(0.5, startTime + whole(2_000_000), null),
      source: isBatch ? 'ingestion-api' : 'otel',
      type: pick(['SPAN', 'GENERATION', 'EVENT']),
      name: pick(['', 'chat', 'retrieve', 'plan']),
      level: pick(['DEFAULT', 'DEFAULT', 'ERROR', 'DEBUG', 'WARNING']),
      environment: pick(['default', 'production']),
      version: pick(['', 'v1', 'v2']),
      release: isBatch && id !== '' ? '' : pick(['', 'r1', 'r2']),
      parentObservationId: id === '' ? '' : pick(['', 'parent-1', 'parent-2']),
      isAppRoot: next() < 0.1,
      model: pick(['', 'gpt-4o', 'claude']),
      promptName: pick(['', 'greeting']),
      promptVersion: pick([null, 1, 2]),
      usage: createUsage(whole),
      cost: createCost(next, pick),
      traceName: isBatch && id !== '' ? '' : pick(['', 'support', 'sales']),
      userId: isBatch && id !== '' ? '' : pick(['', 'ann', 'bob']),
      sessionId: isBatch && id !== '' ? '' : pick(['', 's1', 's2']),
      tags: isBatch && id !== '' ? [] : pick([[], ['a'], ['b', 'a']]),
      toolDefinitions: pick<Record<string, string>>([{}, { search: '{}' }, { search: '{}', mail: '{}' }]),
      toolCalls: pick([[], ['{}'], ['{}', '{}']]),
      toolCallNames: pick([[], ['search'], ['search', 'mail']]),
      experimentId: pick(['', '', 'e1']),
      experimentName: 'first try',
      metadata: pick<Record<string, string>>([{}, { tenant: 'x' }, { tenant: 'y' }]),
    };
  };

  for (let trace = 0; trace < 70; trace++) {
    const traceId = `t${trace}`;
    const isBatch = next() < 0.4;
    const traceStart = datasetStart + whole(days * 86_400) * second;
    const ids = Array.from({ length: 1 + whole(8) }, (_, index) => `o${trace}-${index}`);
    for (const id of isBatch ? ['', ...ids] : ids) {
      const first = createRow(traceId, id, isBatch, traceStart + whole(600_000_000));
      const versions = id === '' ? 1 : 1 + whole(3);
      const isDeleted = id !== '' && next() < 0.1;
      let current = first;
      for (let version = 1; version <= versions; version++) {
        // What it says of its trace stays, as the index has heard every version.
        const { endTime, usage, cost, level, model, toolCalls } = createRow(
          traceId,
          id,
          isBatch,
          first.startTime,
        );
        current = { ...first, endTime, usage, cost, level, model, toolCalls };
        data.observationParts[whole(parts)]!.push(seedOf(current, version));
      }
      data.heard.push(first);
      if (isDeleted) {
        data.observationParts[whole(parts)]!.push({ ...seedOf(current, versions + 1), isDeleted: true });
      } else data.rows.push(current);
    }
  }

  for (let index = 0; index < 200; index++) {
    const row = pick(data.heard.filter(({ isRecord }) => !isRecord));
    const ofTrace = next() < 0.8;
    const first: Score = {
      id: `score-${index}`,
      timestamp: row.startTime + whole(86_400) * second,
      name: pick(['quality', 'speed']),
      source: pick(['API', 'EVAL', 'ANNOTATION']),
      dataType: pick(['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT']),
      value: 0,
      stringValue: '',
      traceId: ofTrace ? row.traceId : '',
      observationId: ofTrace && next() < 0.6 ? row.id : '',
      sessionId: ofTrace ? '' : 's1',
      datasetRunId: '',
      environment: pick(['default', 'production']),
      configId: pick(['', 'c1']),
      metadata: pick<Record<string, string>>([{}, { tenant: 'x' }]),
    };
    let current = first;
    const versions = 1 + whole(2);
    for (let version = 1; version <= versions; version++) {
      current = { ...first, ...createScoreValue(first.dataType, next, pick) };
      data.scoreParts[whole(parts)]!.push(scoreSeedOf(current, version));
    }
    if (next() < 0.1) {
      data.scoreParts[whole(parts)]!.push({ ...scoreSeedOf(current, versions + 1), isDeleted: true });
    } else data.scores.push(current);
  }
  return data;
}

function createUsage(whole: (max: number) => number): Record<string, number> {
  if (whole(3) === 0) return {};
  const input = whole(1000);
  const cached = whole(100);
  const output = whole(500);
  return { input, input_cached: cached, output, total: input + cached + output };
}

function createCost(next: () => number, pick: Random): Record<string, number> {
  if (next() < 0.3) return {};
  const input = pick([0.001, 0.0025, 0.1]);
  const output = next() / 100;
  return { input, output, total: input + output };
}

function createScoreValue(dataType: Score['dataType'], next: () => number, pick: Random) {
  switch (dataType) {
    case 'NUMERIC':
      return { value: Math.round(next() * 20) / 2, stringValue: '' };
    case 'BOOLEAN': {
      const value = pick([0, 1]);
      return { value, stringValue: value ? 'True' : 'False' };
    }
    default:
      return { value: 0, stringValue: pick(['good', 'bad', 'ugly']) };
  }
}

const at = (us: number | null): string | null =>
  us === null ? null : `${Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}`;

const seedOf = (row: Row, rowVersion: number): ObservationSeed => ({
  traceId: row.traceId,
  id: row.id,
  startTime: row.startTime,
  rowVersion,
  columns: {
    end_time: at(row.endTime),
    completion_start_time: at(row.completionStartTime),
    source: row.source,
    type: row.type,
    name: row.name,
    level: row.level,
    environment: row.environment,
    version: row.version,
    release: row.release,
    parent_observation_id: row.parentObservationId,
    is_app_root: row.isAppRoot,
    model: row.model,
    prompt_name: row.promptName,
    prompt_version: row.promptVersion,
    usage: row.usage,
    cost: row.cost,
    trace_name: row.traceName,
    user_id: row.userId,
    session_id: row.sessionId,
    tags: row.tags,
    tool_definitions: row.toolDefinitions,
    tool_calls: row.toolCalls,
    tool_call_names: row.toolCallNames,
    experiment_id: row.experimentId,
    experiment_name: row.experimentName,
    metadata: row.metadata,
  },
});

const scoreSeedOf = (score: Score, rowVersion: number): ScoreSeed => ({
  id: score.id,
  timestamp: score.timestamp,
  rowVersion,
  columns: {
    name: score.name,
    source: score.source,
    data_type: score.dataType,
    value: score.value,
    string_value: score.stringValue,
    trace_id: score.traceId,
    observation_id: score.observationId,
    session_id: score.sessionId,
    dataset_run_id: score.datasetRunId,
    environment: score.environment,
    config_id: score.configId,
    metadata: score.metadata,
  },
});
