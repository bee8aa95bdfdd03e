import { formatCount, formatExactMoney, formatMoney } from '@tracewell/ui';
import type { ObservationNode } from '../../api-client/types';
import { listCostByModel } from './usage-rows';

/** How a trace's cost adds up: each model's calls, and the sum. */
export function CostBreakdown({
  observations,
  totalCost,
}: {
  observations: ObservationNode[];
  totalCost: number;
}) {
  const lines = listCostByModel(observations);
  return (
    <table className="tabular-nums">
      <tbody>
        {lines.map((line) => (
          <tr key={line.label}>
            <td className="pr-3">{line.label}</td>
            <td className="pr-3 text-right text-ink-muted">
              {formatCount(line.count)} {line.count === 1 ? 'call' : 'calls'}
            </td>
            <td className="text-right">{formatMoney(line.cost)}</td>
          </tr>
        ))}
        <tr className="border-t border-line font-medium">
          <td className="pr-3">Total</td>
          <td />
          <td className="text-right">{formatExactMoney(totalCost)}</td>
        </tr>
      </tbody>
    </table>
  );
}
