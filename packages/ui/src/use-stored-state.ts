'use client';
import { useCallback, useSyncExternalStore } from 'react';

/**
 * A reader's preference kept in this browser (widths, columns, view modes); never data. Falls back when the
 * stored text is missing or is not of the shape asked for, and lives on in memory where storage is blocked.
 */
const memory = new Map<string, string>();
const listeners = new Set<() => void>();

function read(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

export function writeStored(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  memory.set(key, text);
  try {
    localStorage.setItem(key, text);
  } catch {
    // Private windows refuse; memory has it for this page.
  }
  for (const listener of listeners) listener();
}

export function readStored<Value>(
  key: string,
  fallback: Value,
  isValid: (value: unknown) => value is Value,
): Value {
  return decode(read(key), fallback, isValid);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useStoredState<Value>(
  key: string,
  fallback: Value,
  isValid: (value: unknown) => value is Value,
): [Value, (value: Value) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const set = useCallback((value: Value) => writeStored(key, value), [key]);
  return [decode(text, fallback, isValid), set];
}

function decode<Value>(
  text: string | null,
  fallback: Value,
  isValid: (value: unknown) => value is Value,
): Value {
  if (text === null) return fallback;
  try {
    const value: unknown = JSON.parse(text);
    return isValid(value) ? value : fallback;
  } catch {
    return fallback;
  }
}

export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
export const isText = (value: unknown): value is string => typeof value === 'string';
export const isTextList = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
