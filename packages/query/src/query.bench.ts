import type { Condition } from '@tracewell/domain';
import { startEngines } from '@tracewell/testkit/engines';
import { traceFacets } from './explore/trace-facets';
import { traceHistogram } from './explore/trace-histogram';
import { getObservation } from './observations/get-observation';
import { countObservations, listObservations } from './observations/list-observations';
import { listSessions } from './sessions/list-sessions';
import { at, searchFor } from './test-rows';
import { countTraces } from './traces/count-traces';
import { getTrace } from './traces/get-trace';
import { listTraces } from './traces/list-traces';

/**
 * Reads at 300,000 observations (10 per trace) within one hour of one project, on the embedded engine. Not part
 * of the test run: `npx tsx packages/query/src/query.bench.ts [observations]`. Prints p50 and p95 in ms.
 */
const total = Number(process.argv[2] ?? 300_000);
const perTrace = 10;
const rowsPerInsert = 2_000;
const repeats = 15;
const projectId = 'bench';
const start = Date.UTC(2026, 6, 1, 10) * 1000;
const step = Math.floor(3_600e6 / (total / perTrace));

const words = (seed: number, length: number): string => {
  let state = seed * 2_654_435_761 + 1;
  const out: string[] = [];
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    out.push(`word${(state >>> 8) % 5_000}`);
  }
  return out.join(' ');
};
const hex = (value: number, length: number): string =>
  (Math.imul(value + 1, 2_654_435_761) >>> 0).toString(16).padStart(8, '0').repeat(2).slice(0, 12) +
  value.toString(16).padStart(length - 12, '0');

function row(index: number): string {
  const trace = Math.floor(index / perTrace);
  const place = index % perTrace;
  const startTime = start + trace * step + place * 150_000;
  const isGeneration = place % 3 === 1;
  return JSON.stringify({
    project_id: projectId,
    trace_id: hex(trace, 32),
    id: hex(index, 16),
    parent_observation_id: place === 0 ? '' : hex(trace * perTrace, 16),
    type: isGeneration ? 'GENERATION' : 'SPAN',
    name: `step-${place}`,
    start_time: at(startTime),
    end_time: at(startTime + 100_000 + (index % 2_000) * 1_000),
    level: index % 47 === 0 ? 'ERROR' : 'DEFAULT',
    environment: 'production',
    input: JSON.stringify({ messages: [{ role: 'user', content: words(index, 130) }] }),
    output: JSON.stringify({ role: 'assistant', content: words(index + 1e6, 110) }),
    metadata: { attempt: String(index % 9), region: 'eu' },
    user_id: `user-${trace % 1_000}`,
    session_id: `session-${Math.floor(trace / 3)}`,
    source: 'otel',
    ...(place === 0 ? { trace_name: `chat-${trace % 20}`, tags: ['a', 'b'] } : {}),
    ...(isGeneration
      ? {
          model: 'gpt-4o',
          usage: { input: 100, output: 50, total: 150 },
          cost: { input: 0.001, output: 0.002, total: 0.003 },
        }
      : {}),
    created_at: at(startTime),
    updated_at: at(startTime),
    row_version: 1,
  });
}

const engines = await startEngines({ columnar: true });
const { columnar } = engines;
try {
  console.time('insert');
  for (let first = 0; first < total; first += rowsPerInsert) {
    const rows = Array.from({ length: Math.min(rowsPerInsert, total - first) }, (_, index) =>
      row(first + index),
    );
    await columnar.insert({ name: 'bench', table: 'observations', rows });
  }
  console.timeEnd('insert');
  await new Promise((resolve) => setTimeout(resolve, 5_000));

  const from = start;
  const to = start + 3_700e6;
  const middle = { startTime: start + 1_800e6, traceId: hex(0, 32), id: '' };
  const list = { projectId, limit: 50 };
  const basic = { ...list, groups: ['basic'] as const };
  const error: Condition = { type: 'stringOptions', column: 'level', operator: 'any of', value: ['ERROR'] };
  const traceId = hex(Math.floor(total / perTrace / 2), 32);

  await measure('select 1', () => columnar.query({ name: 'bench', sql: 'SELECT 1' }));
  await measure('traces', () => listTraces(columnar, list));
  await measure('traces, range', () => listTraces(columnar, { ...list, from, to }));
  await measure('traces, v1 (io, ids, scores)', () =>
    listTraces(columnar, { ...list, fields: { io: true, observationIds: true, scores: true } }),
  );
  await measure('traces, page 200', () => listTraces(columnar, { ...list, offset: 10_000 }));
  await measure('traces of a user', () => listTraces(columnar, { ...list, userId: 'user-7' }));
  await measure('traces with errors', () => listTraces(columnar, { ...list, filter: [error] }));
  await measure('traces by cost', () =>
    listTraces(columnar, { ...list, order: { column: 'totalCost', direction: 'desc' } }),
  );
  await measure(
    'traces, words',
    () => listTraces(columnar, { ...list, search: searchFor('word17 word99') }),
    3,
  );
  await measure('count traces', () => countTraces(columnar, { projectId }));
  await measure('count traces, range', () => countTraces(columnar, { projectId, from, to: to - 1_900e6 }));
  await measure('one trace', () => getTrace(columnar, { projectId, traceId }));
  await measure('one trace, payloads', () =>
    getTrace(columnar, { projectId, traceId, io: true, scores: true }),
  );
  await measure('observations', () => listObservations(columnar, basic));
  await measure('observations, cursor', () => listObservations(columnar, { ...basic, cursor: middle }));
  await measure('observations, all fields', () =>
    listObservations(columnar, {
      ...list,
      groups: ['basic', 'time', 'io', 'metadata', 'model', 'usage', 'prompt', 'traceContext'],
    }),
  );
  await measure('observations, errors', () => listObservations(columnar, { ...basic, filter: [error] }));
  await measure('observations of a user', () => listObservations(columnar, { ...basic, userId: 'user-7' }));
  await measure('observations of a trace', () => listObservations(columnar, { ...basic, traceId }));
  await measure('observations, page 100', () => listObservations(columnar, { ...basic, offset: 5_000 }));
  await measure('count observations', () => countObservations(columnar, { projectId }));
  await measure('count errors', () => countObservations(columnar, { projectId, filter: [error] }));
  await measure('one observation', () =>
    getObservation(columnar, { projectId, observationId: hex(total / 2, 16), traceId }),
  );
  await measure('one observation by id', () =>
    getObservation(columnar, { projectId, observationId: hex(total / 2, 16) }),
  );
  await measure('sessions', () => listSessions(columnar, { projectId, limit: 50 }));
  await measure('facets: user', () =>
    traceFacets(columnar, { projectId, field: 'userId', limit: 50, from, to }),
  );
  await measure('facets: model', () =>
    traceFacets(columnar, { projectId, field: 'model', limit: 50, from, to }),
  );
  await measure('histogram', () => traceHistogram(columnar, { projectId, buckets: 60, from, to }));
} finally {
  await engines.stop();
}

async function measure(what: string, read: () => Promise<unknown>, times = repeats): Promise<void> {
  await read();
  const taken: number[] = [];
  for (let index = 0; index < times; index++) {
    const began = performance.now();
    await read();
    taken.push(performance.now() - began);
  }
  taken.sort((a, b) => a - b);
  const quantile = (q: number) => taken[Math.min(times - 1, Math.floor(times * q))]!.toFixed(1).padStart(7);
  console.log(`${what.padEnd(32)} p50 ${quantile(0.5)}  p95 ${quantile(0.95)}`);
}
