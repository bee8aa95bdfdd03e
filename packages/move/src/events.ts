import type { IngestionResponse } from '@tracewell/contract';
import { type Client, Refusal } from './client';

/** One event of the JSON batch API. */
export interface Event {
  id: string;
  type: string;
  timestamp: string;
  body: Record<string, unknown>;
}

/** Bytes and events of one request; servers take 4.5 MB. */
const maxBatchBytes = 3_000_000;
const maxBatchEvents = 1_000;

export interface RefusedEvent {
  event: Event;
  said: string;
}

/**
 * The id of an event is made of what it tells of and of when that was changed last: sent again it is the same event,
 * and a later change is a later one.
 */
export const eventIdOf = (noun: string, id: string, updatedAt: string | undefined): string =>
  `move-${updatedAt ?? ''}-${noun}-${id}`.slice(0, maxEventIdChars);
const maxEventIdChars = 800;

/** Sends events in batches that every server takes; answers with those that were refused. */
export async function sendEvents(client: Client, events: Iterable<Event>): Promise<RefusedEvent[]> {
  const refused: RefusedEvent[] = [];
  let batch: Event[] = [];
  let parts: string[] = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    refused.push(...(await sendBatch(client, batch, parts)));
    batch = [];
    parts = [];
    bytes = 0;
  };
  for (const event of events) {
    const json = JSON.stringify(event);
    const length = Buffer.byteLength(json);
    if (bytes + length > maxBatchBytes || batch.length === maxBatchEvents) await flush();
    batch.push(event);
    parts.push(json);
    bytes += length + 1;
  }
  await flush();
  return refused;
}

async function sendBatch(client: Client, batch: Event[], parts: string[]): Promise<RefusedEvent[]> {
  let answer: IngestionResponse;
  try {
    answer = await client.sendText<IngestionResponse>(
      'POST',
      '/ingestion',
      `{"batch":[${parts.join(',')}]}`,
      'repeatable',
    );
  } catch (error) {
    // A single event that is too large is that event's fault; of several, find out whose.
    if (!(error instanceof Refusal) || (error.status !== 413 && error.status !== 400)) throw error;
    if (batch.length === 1) return [{ event: batch[0]!, said: error.said }];
    const half = Math.ceil(batch.length / 2);
    return [
      ...(await sendBatch(client, batch.slice(0, half), parts.slice(0, half))),
      ...(await sendBatch(client, batch.slice(half), parts.slice(half))),
    ];
  }
  const byId = new Map(batch.map((event) => [event.id, event]));
  return answer.errors.flatMap(({ id, message, error }) => {
    const event = byId.get(id);
    const said = typeof error === 'string' ? error : (message ?? JSON.stringify(error));
    return event ? [{ event, said }] : [];
  });
}
