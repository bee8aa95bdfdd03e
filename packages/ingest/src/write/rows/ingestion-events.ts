import { enumeration, lowText, text, time } from './column';
import { defineTable } from './table';

const columns = {
  project_id: lowText,
  entity: enumeration('trace', 'observation', 'score'),
  entity_id: text,
  event_id: text,
  body_hash: text,
  event_type: lowText,
  timestamp: time,
  body: text,
  ingestion_api_key: lowText,
  ingestion_sdk_name: lowText,
  ingestion_sdk_version: lowText,
  batch_key: text,
  received_at: time,
};

export const ingestionEventsTable = defineTable('ingestion_events', columns);
