import type { Metadata, Microseconds, ObservationLevel, ObservationType, UsageMap } from '@tracewell/domain';
import {
  type Integer,
  toMetadata,
  toMicroseconds,
  toNullableNumber,
  toNumber,
  toUsageMap,
} from '../sql/decode';
import { identifier, joinSql, type Sql, sql } from '../sql/sql';

/**
 * A table: groups of fields of an observation, which columns hold them and how they are read. A list reads the
 * columns of the groups it is asked for and no others. Absent texts are ''.
 */
export interface ObservationGroups {
  core: {
    id: string;
    traceId: string;
    projectId: string;
    parentObservationId: string;
    type: ObservationType;
    startTime: Microseconds;
    endTime: Microseconds | null;
    /** `otel` or `ingestion-api`. */
    source: string;
  };
  basic: {
    name: string;
    level: ObservationLevel;
    statusMessage: string;
    version: string;
    environment: string;
    /** null: the row says nothing. */
    public: boolean | null;
    userId: string;
    sessionId: string;
    isAppRoot: boolean;
  };
  time: { completionStartTime: Microseconds | null; createdAt: Microseconds; updatedAt: Microseconds };
  io: { input: string; output: string };
  /** The first 200 characters. */
  preview: { inputPreview: string; outputPreview: string };
  /** Bytes of the whole payloads. */
  size: { inputLength: number; outputLength: number };
  metadata: { metadata: Metadata };
  /** `modelParameters` is JSON text. */
  model: { model: string; modelId: string; modelParameters: string };
  usage: {
    usage: UsageMap;
    cost: UsageMap;
    totalCost: number;
    pricingTierId: string;
    pricingTierName: string;
    usageProvided: boolean;
    costProvided: boolean;
  };
  prompt: { promptName: string; promptVersion: number | null };
  traceContext: { traceName: string; release: string; tags: string[] };
  /** Tool name → JSON text; calls as JSON texts. */
  tools: { toolDefinitions: Record<string, string>; toolCalls: string[] };
  toolNames: { toolCallNames: string[] };
  experiment: {
    experimentId: string;
    experimentName: string;
    experimentDescription: string;
    experimentMetadata: Metadata;
    experimentDatasetId: string;
    experimentItemId: string;
    experimentItemVersion: string;
    experimentItemMetadata: Metadata;
    experimentItemRootObservationId: string;
    experimentItemExpectedOutput: string;
  };
  instrumentation: {
    serviceName: string;
    serviceVersion: string;
    scopeName: string;
    scopeVersion: string;
    telemetrySdkLanguage: string;
    telemetrySdkName: string;
    telemetrySdkVersion: string;
    ingestionApiKey: string;
    ingestionSdkName: string;
    ingestionSdkVersion: string;
    batchKey: string;
  };
}
export type ObservationGroup = keyof ObservationGroups;

/** The fields of these groups together. */
export type ObservationRow<Group extends ObservationGroup> = Merge<ObservationGroups[Group | 'core']>;
type Merge<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never;

/** Where a field comes from: a column of its own, or the row's `record`, which is one column for all of them. */
interface Field {
  column?: Sql;
  decode: (value: never) => unknown;
  /** Its name in the record; fields of a column have none. */
  inRecord?: string;
}
const column = (expression: Sql): Field => ({ column: expression, decode: (value) => value });
const recorded = <Value>(inRecord: string, decode: (value: Value) => unknown): Field => ({
  inRecord,
  decode: decode as (value: never) => unknown,
});
const same = (name: string): Field => recorded(name, (value) => value);
const time = (name: string): Field => recorded(name, toMicroseconds);
const nullableTime = (name: string): Field =>
  recorded(name, (value: string | null) => (value === null ? null : toMicroseconds(value)));
const nullableNumber = (name: string): Field =>
  recorded(name, (value: Integer | null) => toNullableNumber(value));
const flag = (name: string): Field => recorded(name, (value: boolean | number) => Boolean(value));
const nullableFlag = (name: string): Field =>
  recorded(name, (value: boolean | number | null) => (value === null ? null : Boolean(value)));
const texts = (name: string): Field => recorded(name, (value: Record<string, string>) => toMetadata(value));
const numbers = (name: string): Field =>
  recorded(name, (value: Record<string, Integer>) => toUsageMap(value));
const isGiven = (name: string): Field =>
  recorded(name, (value: Record<string, unknown>) => Object.keys(value).length > 0);
const columnOfNumber = (expression: Sql): Field => ({
  column: expression,
  decode: (value: Integer) => toNumber(value),
});

const groups: { [Group in ObservationGroup]: Record<keyof ObservationGroups[Group], Field> } = {
  core: {
    id: column(sql`id`),
    traceId: column(sql`trace_id`),
    projectId: column(sql`project_id`),
    parentObservationId: same('parent_observation_id'),
    type: same('type'),
    startTime: columnOfNumber(sql`toUnixTimestamp64Micro(start_time)`),
    endTime: nullableTime('end_time'),
    source: same('source'),
  },
  basic: {
    name: same('name'),
    level: same('level'),
    statusMessage: same('status_message'),
    version: same('version'),
    environment: same('environment'),
    public: nullableFlag('public'),
    userId: same('user_id'),
    sessionId: same('session_id'),
    isAppRoot: flag('is_app_root'),
  },
  time: {
    completionStartTime: nullableTime('completion_start_time'),
    createdAt: time('created_at'),
    updatedAt: time('updated_at'),
  },
  io: { input: column(sql`input`), output: column(sql`output`) },
  preview: {
    inputPreview: column(sql`input_preview`),
    outputPreview: column(sql`output_preview`),
  },
  size: {
    inputLength: columnOfNumber(sql`input_length`),
    outputLength: columnOfNumber(sql`output_length`),
  },
  metadata: {
    metadata: { column: sql`metadata`, decode: (value: Record<string, string>) => toMetadata(value) },
  },
  model: {
    model: same('model'),
    modelId: same('model_id'),
    modelParameters: same('model_parameters'),
  },
  usage: {
    usage: numbers('usage'),
    cost: numbers('cost'),
    totalCost: same('total_cost'),
    pricingTierId: same('pricing_tier_id'),
    pricingTierName: same('pricing_tier_name'),
    usageProvided: isGiven('provided_usage'),
    costProvided: isGiven('provided_cost'),
  },
  prompt: { promptName: same('prompt_name'), promptVersion: nullableNumber('prompt_version') },
  traceContext: { traceName: same('trace_name'), release: same('release'), tags: same('tags') },
  tools: {
    toolDefinitions: texts('tool_definitions'),
    toolCalls: same('tool_calls'),
  },
  toolNames: { toolCallNames: same('tool_call_names') },
  experiment: {
    experimentId: same('experiment_id'),
    experimentName: same('experiment_name'),
    experimentDescription: same('experiment_description'),
    experimentMetadata: texts('experiment_metadata'),
    experimentDatasetId: same('experiment_dataset_id'),
    experimentItemId: same('experiment_item_id'),
    experimentItemVersion: same('experiment_item_version'),
    experimentItemMetadata: texts('experiment_item_metadata'),
    experimentItemRootObservationId: same('experiment_item_root_observation_id'),
    experimentItemExpectedOutput: same('experiment_item_expected_output'),
  },
  instrumentation: {
    serviceName: same('service_name'),
    serviceVersion: same('service_version'),
    scopeName: same('scope_name'),
    scopeVersion: same('scope_version'),
    telemetrySdkLanguage: same('telemetry_sdk_language'),
    telemetrySdkName: same('telemetry_sdk_name'),
    telemetrySdkVersion: same('telemetry_sdk_version'),
    ingestionApiKey: same('ingestion_api_key'),
    ingestionSdkName: same('ingestion_sdk_name'),
    ingestionSdkVersion: same('ingestion_sdk_version'),
    batchKey: same('batch_key'),
  },
};

export const allObservationGroups = Object.keys(groups) as ObservationGroup[];

const fieldsOf = (asked: readonly ObservationGroup[]): [string, Field][] =>
  [...new Set<ObservationGroup>(['core', ...asked])].flatMap((group) => Object.entries<Field>(groups[group]));

export const selectFields = (asked: readonly ObservationGroup[]): Sql =>
  joinSql(
    [
      sql`record`,
      ...fieldsOf(asked).flatMap(([name, { column }]) =>
        column ? sql`${column} AS ${identifier(name)}` : [],
      ),
    ],
    ', ',
  );

export function toObservationRow<Group extends ObservationGroup>(
  asked: readonly Group[],
  row: Record<string, unknown>,
): ObservationRow<Group> {
  const record = JSON.parse(row.record as string) as Record<string, unknown>;
  const decoded: Record<string, unknown> = {};
  for (const [name, { inRecord, decode }] of fieldsOf(asked)) {
    decoded[name] = decode((inRecord === undefined ? row[name] : record[inRecord]) as never);
  }
  return decoded as ObservationRow<Group>;
}
