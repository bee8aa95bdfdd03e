const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 });

/** A count in full: 12,345. */
export const formatCount = (count: number): string => grouped.format(count);

/** A number as it stands, at most four decimals. */
export const formatNumber = (value: number): string => plain.format(value);

/** A count for a narrow column: in full below 10,000, then 12.3k, 4.56M, 1.2B. */
export function formatCompact(count: number): string {
  const size = Math.abs(count);
  if (size < 10_000) return formatCount(count);
  if (size < 999_500) return `${trim(count / 1e3)}k`;
  if (size < 999_500_000) return `${trim(count / 1e6)}M`;
  return `${trim(count / 1e9)}B`;
}

const trim = (value: number): string =>
  value
    .toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0)
    .replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros));

/** Bytes in powers of 1024: 812 B, 14.2 KB, 10.0 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
