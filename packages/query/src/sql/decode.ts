import type { Metadata, Microseconds, UsageMap } from '@tracewell/domain';

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

/** A DateTime64(6) as JSON has it: `2026-01-31 09:30:00.123456`, in UTC. */
export const toMicroseconds = (time: string): Microseconds =>
  Date.parse(`${time.slice(0, 10)}T${time.slice(11, 19)}Z`) * 1_000 +
  Number(time.slice(20, 26).padEnd(6, '0'));
