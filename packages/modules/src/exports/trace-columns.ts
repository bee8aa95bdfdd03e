import { formatIsoTime, reduceUsage } from '@tracewell/domain';
import type { TraceSummary } from '@tracewell/query/traces/trace-summary';
import { showScore } from '../explore/index';
import { parseMetadata, parsePayload } from '../payloads/index';
import type { ExportColumn, ExportValue } from './export-column';

const text = (name: string, value: (trace: TraceSummary) => string): ExportColumn<TraceSummary> => ({
  name,
  type: 'text',
  value: (trace) => value(trace) || null,
});

/** As the API gives it: structure where the client sent structure. */
const payload = (text: string | undefined) => parsePayload(text ?? '') as ExportValue;

/** What an export says of a trace: what its table shows, and its payloads whole. Latency in ms, cost in US dollars. */
export const traceColumns: readonly ExportColumn<TraceSummary>[] = [
  { name: 'id', type: 'text', value: ({ id }) => id },
  { name: 'timestamp', type: 'time', value: ({ timestamp }) => formatIsoTime(timestamp) },
  text('name', ({ name }) => name),
  text('userId', ({ userId }) => userId),
  text('sessionId', ({ sessionId }) => sessionId),
  { name: 'tags', type: 'json', value: ({ tags }) => tags },
  text('environment', ({ environment }) => environment),
  text('version', ({ version }) => version),
  text('release', ({ release }) => release),
  text('level', ({ level }) => level),
  { name: 'latencyMs', type: 'number', value: ({ latencyUs }) => latencyUs / 1_000 },
  { name: 'observationCount', type: 'integer', value: ({ observationCount }) => observationCount },
  { name: 'errorCount', type: 'integer', value: ({ levelCounts }) => levelCounts.ERROR },
  { name: 'inputTokens', type: 'number', value: ({ usage }) => reduceUsage(usage).input },
  { name: 'outputTokens', type: 'number', value: ({ usage }) => reduceUsage(usage).output },
  { name: 'totalTokens', type: 'number', value: ({ usage }) => reduceUsage(usage).total },
  { name: 'totalCost', type: 'number', value: ({ totalCost }) => totalCost },
  { name: 'models', type: 'json', value: ({ models }) => models },
  { name: 'scores', type: 'json', value: ({ scores }) => scores.map(showScore) },
  { name: 'input', type: 'json', value: ({ io }) => payload(io?.input) },
  { name: 'output', type: 'json', value: ({ io }) => payload(io?.output) },
  { name: 'metadata', type: 'json', value: ({ io }) => (io ? parseMetadata(io.metadata) : {}) },
];
