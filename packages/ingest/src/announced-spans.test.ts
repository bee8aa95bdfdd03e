import { startEngines } from '@tracewell/testkit/engines';
import { encodeOtlpProtobuf, type OtlpJsonSpan } from '@tracewell/testkit/otlp-encode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPipeline } from './pipeline';
import { encodeBatch } from './raw-batch';
import { openLedger } from './write/ledger';

/**
 * Logfire announces a span when it starts (see `normalise/dialects/logfire.ts`). However announcement and span are
 * spread over batches and ordered, one row remains: the whole span's once it came, the announcement's until then;
 * and both were accounted for.
 */
let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true, relational: true });
});
afterAll(() => engines.stop());

const traceId = 'ae65763a3d9452bd7c696981b3d4c4cc';
const spanId = '14a5a6b0950df345';
const startTimeUnixNano = '1767312000000000000';
const makeSpan = (spanType: string, given: Partial<OtlpJsonSpan>): OtlpJsonSpan => ({
  traceId,
  spanId,
  name: 'answer',
  startTimeUnixNano,
  endTimeUnixNano: startTimeUnixNano,
  ...given,
  attributes: [
    { key: 'logfire.msg', value: { stringValue: 'answer' } },
    { key: 'logfire.span_type', value: { stringValue: spanType } },
    ...(given.attributes ?? []),
  ],
});
const announcement = makeSpan('pending_span', {
  spanId: 'd56b0c86aa90c360',
  parentSpanId: spanId,
  attributes: [{ key: 'logfire.pending_parent_id', value: { stringValue: '0000000000000000' } }],
});
const span = makeSpan('span', {
  endTimeUnixNano: '1767312001900000000',
  attributes: [
    { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
    { key: 'gen_ai.usage.input_tokens', value: { intValue: 7 } },
  ],
});

/** Stores the batches in this order under a project of its own, and ingests them. */
async function ingest(projectId: string, batches: OtlpJsonSpan[][]) {
  const { blob, columnar, relational } = engines;
  const ledger = openLedger(relational);
  const before = await ledger.totals();
  const pipeline = createPipeline({
    blob,
    columnar,
    ledger,
    enrich: (observation) => ({
      ...observation,
      modelId: '',
      usage: observation.providedUsage,
      cost: {},
      pricingTierId: '',
      pricingTierName: '',
      toolDefinitions: {},
      toolCalls: [],
      toolCallNames: [],
    }),
  });
  for (const [n, spans] of batches.entries()) {
    const batchKey = `raw/${projectId.replaceAll(' ', '-')}-${n}`;
    const body = encodeOtlpProtobuf({
      resourceSpans: [{ scopeSpans: [{ scope: { name: 'logfire' }, spans }] }],
    });
    await blob.put(
      batchKey,
      encodeBatch([
        {
          kind: 'otlp-protobuf',
          encoding: 'identity',
          projectId,
          receivedAt: 1_767_312_100_000_000 + n,
          accepted: spans.length,
          rejected: [],
          apiKey: 'pk',
          sdkName: '',
          sdkVersion: '',
          scoresOnly: false,
          body,
        },
      ]),
    );
    await pipeline.ingestBatch(batchKey);
  }
  const after = await ledger.totals();
  const rows = await columnar.query<Record<string, unknown>>({
    name: 'test.rows',
    sql: `SELECT id, parent_observation_id AS parent, type, end_time IS NULL AS open, usage['input'] AS input
      FROM observations FINAL WHERE project_id = {projectId:String}`,
    params: { projectId },
  });
  return {
    rows: rows.map((row) => ({ ...row, open: Number(row.open), input: Number(row.input) })),
    accepted: after.accepted - before.accepted,
    written: after.written - before.written,
  };
}

describe('the announcement of a span', () => {
  it('is an open row under the id of the span until that comes', async () => {
    expect(await ingest('open', [[announcement]])).toEqual({
      rows: [{ id: spanId, parent: '', type: 'SPAN', open: 1, input: 0 }],
      accepted: 1,
      written: 1,
    });
  });

  it.each([
    ['before it', [[announcement], [span]]],
    ['after it', [[span], [announcement]]],
    ['with it', [[announcement, span]]],
    ['with it and last', [[span, announcement]]],
    ['again and again', [[announcement], [span], [announcement], [span, announcement]]],
  ])('yields to the span when it comes %s', async (order, batches) => {
    const { rows, accepted, written } = await ingest(`yields ${order}`, batches);
    expect(rows).toEqual([{ id: spanId, parent: '', type: 'GENERATION', open: 0, input: 7 }]);
    expect(written).toBe(accepted);
    expect(accepted).toBe(batches.flat().length);
  });
});
