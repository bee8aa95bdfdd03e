/** Usage and cost of one observation, a line per kind of unit, as a bill is read. */
export interface UsageRow {
  key: string;
  label: string;
  units: number | null;
  /** US dollars for one unit; null when no price was applied. */
  unitPrice: number | null;
  cost: number | null;
}

export function listUsageRows(
  usage: Record<string, number>,
  cost: Record<string, number>,
  unitPrices: Record<string, number>,
): { rows: UsageRow[]; total: UsageRow } {
  const keys = [...new Set([...Object.keys(usage), ...Object.keys(cost)])].filter((key) => key !== 'total');
  const rows = keys
    .map((key) => ({
      key,
      label: labelOf(key),
      units: usage[key] ?? null,
      unitPrice: unitPrices[key] ?? null,
      cost: cost[key] ?? null,
    }))
    .filter((row) => (row.units ?? 0) !== 0 || (row.cost ?? 0) !== 0)
    .sort((a, b) => rank(a.key) - rank(b.key) || (a.key < b.key ? -1 : 1));
  const total = {
    key: 'total',
    label: 'Total',
    units: usage.total ?? null,
    unitPrice: null,
    cost: cost.total ?? null,
  };
  return { rows, total };
}

const rank = (key: string): number => (key.includes('input') ? 0 : key.includes('output') ? 1 : 2);

/** `input_cached_tokens` → `Input cached tokens`. */
const labelOf = (key: string): string => {
  const words = key.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export interface CostLine {
  label: string;
  count: number;
  cost: number;
}

/** A trace's cost by model, the dearest first: the arithmetic behind its one number. */
export function listCostByModel(
  observations: readonly { model: string; cost: Record<string, number> }[],
): CostLine[] {
  const lines = new Map<string, CostLine>();
  for (const { model, cost } of observations) {
    if (!cost.total) continue;
    const label = model || 'no model named';
    const line = lines.get(label) ?? { label, count: 0, cost: 0 };
    line.count++;
    line.cost += cost.total;
    lines.set(label, line);
  }
  return [...lines.values()].sort((a, b) => b.cost - a.cost);
}
