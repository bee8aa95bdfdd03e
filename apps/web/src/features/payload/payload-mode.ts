'use client';
import { useStoredState } from '@tracewell/ui';

export const payloadModes = ['formatted', 'json', 'raw'] as const;
export type PayloadMode = (typeof payloadModes)[number];
const isMode = (value: unknown): value is PayloadMode => payloadModes.some((mode) => mode === value);

export const usePayloadMode = () =>
  useStoredState<PayloadMode>('tracewell.payload-mode', 'formatted', isMode);
