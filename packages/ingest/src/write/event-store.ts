import type { Columnar } from '@tracewell/engines/columnar/port';
import { type EntityKey, keyOf, lookups, type ReceivedEvent } from './entities';
import { ingestionEventsTable } from './rows/ingestion-events';

/** The events of the JSON batch API as they are kept: what rows are folded from. */

/** Throws `UnstorableValue` when a value of it is none that the table holds. */
export const eventRow = (event: ReceivedEvent): Uint8Array =>
  ingestionEventsTable.encode({
    project_id: event.projectId,
    entity: event.entity,
    entity_id: event.entityId,
    event_id: event.eventId,
    body_hash: event.bodyHash,
    event_type: event.eventType,
    timestamp: event.timestamp,
    body: event.body,
    ingestion_api_key: event.apiKey,
    ingestion_sdk_name: event.sdkName,
    ingestion_sdk_version: event.sdkVersion,
    batch_key: event.batchKey,
    received_at: event.receivedAt,
  });

/** How many different events the store has of each, by its key. */
export async function countEvents(
  columnar: Columnar,
  keys: readonly EntityKey[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { projectId, entity, entityIds } of lookups(keys)) {
    const rows = await columnar.query<{ entityId: string; count: number }>({
      name: 'ingest.count-events',
      sql: `
        SELECT entity_id AS entityId, toUInt32(uniqExact(event_id, body_hash)) AS count
        FROM ingestion_events
        WHERE project_id = {projectId:String} AND entity = {entity:String} AND entity_id IN {entityIds:Array(String)}
        GROUP BY entity_id`,
      params: { projectId, entity, entityIds },
    });
    for (const row of rows) counts.set(keyOf({ projectId, entity, entityId: row.entityId }), row.count);
  }
  return counts;
}

export async function readEvents(columnar: Columnar, keys: readonly EntityKey[]): Promise<ReceivedEvent[]> {
  const events: ReceivedEvent[] = [];
  for (const { projectId, entity, entityIds } of lookups(keys)) {
    const rows = await columnar.query<ReceivedEvent & { timestamp: string; receivedAt: string }>({
      name: 'ingest.read-events',
      sql: `
        SELECT project_id AS projectId, entity, entity_id AS entityId, event_id AS eventId, body_hash AS bodyHash,
          event_type AS eventType, toString(toUnixTimestamp64Micro(timestamp)) AS timestamp, body,
          ingestion_api_key AS apiKey, ingestion_sdk_name AS sdkName, ingestion_sdk_version AS sdkVersion,
          batch_key AS batchKey, toString(toUnixTimestamp64Micro(received_at)) AS receivedAt
        FROM ingestion_events
        WHERE project_id = {projectId:String} AND entity = {entity:String} AND entity_id IN {entityIds:Array(String)}`,
      params: { projectId, entity, entityIds },
    });
    for (const row of rows) {
      events.push({ ...row, timestamp: Number(row.timestamp), receivedAt: Number(row.receivedAt) });
    }
  }
  return events;
}
