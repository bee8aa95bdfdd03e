/**
 * Usage (units, usually tokens) or cost (US dollars) per usage key: `input`, `output`, `total`,
 * `input_cached_tokens`… Keys are the client's own where it sends unknown ones.
 */
export type UsageMap = Record<string, number>;

/**
 * How a usage map is shown in three numbers: every key that names input, every key that names output, and
 * the total as it stands.
 */
export function reduceUsage(usage: UsageMap): { input: number; output: number; total: number } {
  let input = 0;
  let output = 0;
  for (const [key, value] of Object.entries(usage)) {
    if (key.includes('input')) input += value;
    else if (key.includes('output')) output += value;
  }
  return { input, output, total: usage.total ?? 0 };
}
