import type { Metadata, UsageMap } from '@tracewell/domain';

/** 64-bit integers come as text or as number, by the setting of the store; ours all fit a double. */
export type Integer = string | number;

export const toNumber = (value: Integer): number => Number(value);
export const toNullableNumber = (value: Integer | null): number | null =>
  value === null ? null : Number(value);

export function toUsageMap(map: Record<string, Integer>): UsageMap {
  const usage: UsageMap = Object.create(null);
  for (const [key, value] of Object.entries(map)) usage[key] = Number(value);
  return usage;
}

/** Without a prototype, as keys are the client's. */
export function toMetadata(map: Record<string, string>): Metadata {
  return Object.assign(Object.create(null), map);
}
