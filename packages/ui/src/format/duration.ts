/** Milliseconds for reading: 0.42 ms, 842 ms, 3.42 s, 2m 05s, 1h 04m, 2d 3h. Widths change as little as can be. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 0) return `-${formatDuration(-durationMs)}`;
  if (durationMs === 0) return '0 ms';
  if (durationMs < 1) return `${durationMs.toFixed(2)} ms`;
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`;
  if (durationMs < 59_995) return `${(durationMs / 1000).toFixed(2)} s`;
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${pad(seconds % 60)}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}h ${pad(minutes % 60)}m`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

export const formatMicroseconds = (durationUs: number): string => formatDuration(durationUs / 1000);

const pad = (value: number): string => String(value).padStart(2, '0');
