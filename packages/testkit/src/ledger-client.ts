import { randomBytes } from 'node:crypto';
import type { Instance } from './instance';

/**
 * The judge of durability: a client that remembers what it sent and what was acknowledged, retries as an SDK
 * does, and afterwards compares with what can be read.
 *
 *   lost = acknowledged − visible     doubled = visible more than once     phantom = visible − sent
 */
export interface Verdict {
  acknowledged: number;
  lost: string[];
  doubled: string[];
  phantom: string[];
}

export interface LedgerClient {
  /** Sends one request of OTLP spans or batch events and retries until it is acknowledged. */
  sendSpans(count: number): Promise<void>;
  sendEvents(count: number): Promise<void>;
  /** Spans and observations that were acknowledged so far. */
  acknowledged(): number;
  /** The same in what the ledger counts: each event of the batch API is one, as each span is. */
  acknowledgedEvents(): number;
  /** Reads everything back. */
  judge(): Promise<Verdict>;
}

const retryMs = 200;
const maxTries = 150;
const pageSize = 500;

export function createLedgerClient(instance: Pick<Instance, 'fetch'>): LedgerClient {
  const sent = new Set<string>();
  const acknowledged = new Set<string>();
  let acknowledgedEvents = 0;

  async function deliver(path: string, body: unknown, ids: string[], events: number): Promise<void> {
    for (const id of ids) sent.add(id);
    for (let attempt = 0; attempt < maxTries; attempt++) {
      const response = await instance
        .fetch(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(15_000),
        })
        .catch(() => null);
      const text = await response?.text().catch(() => null);
      if (response?.ok && typeof text === 'string') {
        for (const id of ids) acknowledged.add(id);
        acknowledgedEvents += events;
        return;
      }
      if (response && response.status < 500 && response.status !== 429) {
        throw new Error(`${path} answered ${response.status}: ${text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
    throw new Error(`${path} was not acknowledged after ${maxTries} tries`);
  }

  return {
    sendSpans(count) {
      const traceId = randomBytes(16).toString('hex');
      const ids = Array.from({ length: count }, () => randomBytes(8).toString('hex'));
      const nanos = `${Date.now()}000000`;
      const spans = ids.map((spanId, n) => ({
        traceId,
        spanId,
        ...(n > 0 ? { parentSpanId: ids[0] } : {}),
        name: `step ${n}`,
        startTimeUnixNano: nanos,
        endTimeUnixNano: nanos,
      }));
      return deliver(
        '/api/public/otel/v1/traces',
        { resourceSpans: [{ scopeSpans: [{ scope: { name: 'ledger' }, spans }] }] },
        ids,
        spans.length,
      );
    },

    sendEvents(count) {
      const traceId = randomBytes(16).toString('hex');
      const ids = Array.from({ length: count }, () => randomBytes(8).toString('hex'));
      const timestamp = new Date().toISOString();
      const batch = ids.flatMap((id, n) => [
        {
          id: `${id}-create`,
          type: 'span-create',
          timestamp,
          body: { id, traceId, name: `step ${n}`, startTime: timestamp },
        },
        {
          id: `${id}-update`,
          type: 'span-update',
          timestamp,
          body: { id, traceId, endTime: timestamp, output: n },
        },
      ]);
      return deliver('/api/public/ingestion', { batch }, ids, batch.length);
    },

    acknowledged: () => acknowledged.size,
    acknowledgedEvents: () => acknowledgedEvents,

    async judge() {
      const visible = new Map<string, number>();
      let cursor: string | undefined;
      do {
        const query = new URLSearchParams({
          limit: String(pageSize),
          fields: 'core',
          ...(cursor ? { cursor } : {}),
        });
        const response = await instance.fetch(`/api/public/v2/observations?${query}`);
        if (!response.ok)
          throw new Error(`v2/observations answered ${response.status}: ${await response.text()}`);
        const page = (await response.json()) as { data: { id: string }[]; meta: { cursor?: string } };
        for (const { id } of page.data) visible.set(id, (visible.get(id) ?? 0) + 1);
        cursor = page.meta.cursor;
      } while (cursor);
      return {
        acknowledged: acknowledged.size,
        lost: [...acknowledged].filter((id) => !visible.has(id)),
        doubled: [...visible].filter(([, count]) => count > 1).map(([id]) => id),
        phantom: [...visible.keys()].filter((id) => !sent.has(id)),
      };
    },
  };
}
