import type { Metadata, Microseconds, ObservationLevel, ObservationType, UsageMap } from '@tracewell/domain';
import { type Integer, toMetadata, toNullableNumber, toNumber, toUsageMap } from '../sql/decode';
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

interface Field {
  expression: Sql;
  decode: (value: never) => unknown;
}
const same = (expression: Sql): Field => ({ expression, decode: (value) => value });
const time = (column: Sql): Field => ({
  expression: sql`toUnixTimestamp64Micro(${column})`,
  decode: (value: Integer) => toNumber(value),
});
const nullableTime = (column: Sql): Field => ({
  expression: sql`toUnixTimestamp64Micro(${column})`,
  decode: (value: Integer | null) => toNullableNumber(value),
});
const number = (expression: Sql): Field => ({ expression, decode: (value: Integer) => toNumber(value) });
const nullableNumber = (expression: Sql): Field => ({
  expression,
  decode: (value: Integer | null) => toNullableNumber(value),
});
const flag = (expression: Sql): Field => ({
  expression,
  decode: (value: boolean | number) => Boolean(value),
});
const nullableFlag = (expression: Sql): Field => ({
  expression,
  decode: (value: boolean | number | null) => (value === null ? null : Boolean(value)),
});
const texts = (expression: Sql): Field => ({
  expression,
  decode: (value: Record<string, string>) => toMetadata(value),
});
const numbers = (expression: Sql): Field => ({
  expression,
  decode: (value: Record<string, Integer>) => toUsageMap(value),
});

const groups: { [Group in ObservationGroup]: Record<keyof ObservationGroups[Group], Field> } = {
  core: {
    id: same(sql`id`),
    traceId: same(sql`trace_id`),
    projectId: same(sql`project_id`),
    parentObservationId: same(sql`parent_observation_id`),
    type: same(sql`type`),
    startTime: time(sql`start_time`),
    endTime: nullableTime(sql`end_time`),
    source: same(sql`source`),
  },
  basic: {
    name: same(sql`name`),
    level: same(sql`level`),
    statusMessage: same(sql`status_message`),
    version: same(sql`version`),
    environment: same(sql`environment`),
    public: nullableFlag(sql`public`),
    userId: same(sql`user_id`),
    sessionId: same(sql`session_id`),
    isAppRoot: flag(sql`is_app_root`),
  },
  time: {
    completionStartTime: nullableTime(sql`completion_start_time`),
    createdAt: time(sql`created_at`),
    updatedAt: time(sql`updated_at`),
  },
  io: { input: same(sql`input`), output: same(sql`output`) },
  preview: {
    inputPreview: same(sql`input_preview`),
    outputPreview: same(sql`output_preview`),
  },
  size: {
    inputLength: number(sql`input_length`),
    outputLength: number(sql`output_length`),
  },
  metadata: { metadata: texts(sql`metadata`) },
  model: {
    model: same(sql`model`),
    modelId: same(sql`model_id`),
    modelParameters: same(sql`model_parameters`),
  },
  usage: {
    usage: numbers(sql`usage`),
    cost: numbers(sql`cost`),
    totalCost: same(sql`total_cost`),
    pricingTierId: same(sql`pricing_tier_id`),
    pricingTierName: same(sql`pricing_tier_name`),
    usageProvided: flag(sql`notEmpty(provided_usage)`),
    costProvided: flag(sql`notEmpty(provided_cost)`),
  },
  prompt: { promptName: same(sql`prompt_name`), promptVersion: nullableNumber(sql`prompt_version`) },
  traceContext: { traceName: same(sql`trace_name`), release: same(sql`release`), tags: same(sql`tags`) },
  tools: {
    toolDefinitions: texts(sql`tool_definitions`),
    toolCalls: same(sql`tool_calls`),
  },
  toolNames: { toolCallNames: same(sql`tool_call_names`) },
  experiment: {
    experimentId: same(sql`experiment_id`),
    experimentName: same(sql`experiment_name`),
    experimentDescription: same(sql`experiment_description`),
    experimentMetadata: texts(sql`experiment_metadata`),
    experimentDatasetId: same(sql`experiment_dataset_id`),
    experimentItemId: same(sql`experiment_item_id`),
    experimentItemVersion: same(sql`experiment_item_version`),
    experimentItemMetadata: texts(sql`experiment_item_metadata`),
    experimentItemRootObservationId: same(sql`experiment_item_root_observation_id`),
    experimentItemExpectedOutput: same(sql`experiment_item_expected_output`),
  },
  instrumentation: {
    serviceName: same(sql`service_name`),
    serviceVersion: same(sql`service_version`),
    scopeName: same(sql`scope_name`),
    scopeVersion: same(sql`scope_version`),
    telemetrySdkLanguage: same(sql`telemetry_sdk_language`),
    telemetrySdkName: same(sql`telemetry_sdk_name`),
    telemetrySdkVersion: same(sql`telemetry_sdk_version`),
    ingestionApiKey: same(sql`ingestion_api_key`),
    ingestionSdkName: same(sql`ingestion_sdk_name`),
    ingestionSdkVersion: same(sql`ingestion_sdk_version`),
    batchKey: same(sql`batch_key`),
  },
};

export const allObservationGroups = Object.keys(groups) as ObservationGroup[];

const fieldsOf = (asked: readonly ObservationGroup[]): [string, Field][] =>
  [...new Set<ObservationGroup>(['core', ...asked])].flatMap((group) => Object.entries<Field>(groups[group]));

export const selectFields = (asked: readonly ObservationGroup[]): Sql =>
  joinSql(
    fieldsOf(asked).map(([name, { expression }]) => sql`${expression} AS ${identifier(name)}`),
    ', ',
  );

export function toObservationRow<Group extends ObservationGroup>(
  asked: readonly Group[],
  row: Record<string, unknown>,
): ObservationRow<Group> {
  const decoded: Record<string, unknown> = {};
  for (const [name, { decode }] of fieldsOf(asked)) decoded[name] = decode(row[name] as never);
  return decoded as ObservationRow<Group>;
}
