'use client';
import { formatCount, formatExactMoney, formatNumber, formatUnitPrice } from '@tracewell/ui';
import type { ObservationDetail } from '../../api-client/types';
import { Section } from '../payload/section';
import { listUsageRows } from './usage-rows';

/** Usage and cost as a bill: units, price, amount; and where each figure came from. */
export function UsageTable({ observation }: { observation: ObservationDetail }) {
  const { usage, cost, unitPrices, usageProvided, costProvided, pricingTierName } = observation;
  const { rows, total } = listUsageRows(usage, cost, unitPrices);
  if (!rows.length && total.units === null && total.cost === null) return null;
  const hasArithmetic = rows.some((row) => row.unitPrice !== null);
  return (
    <Section title="Usage and cost">
      <div className="overflow-x-auto rounded-md border border-line bg-surface">
        <table className="w-full text-xs tabular-nums">
          <thead className="text-2xs text-ink-muted">
            <tr className="h-7">
              <th className="px-2.5 text-left font-medium">Kind</th>
              <th className="px-2.5 text-right font-medium">Units</th>
              <th className="px-2.5 text-right font-medium">Price</th>
              <th className="px-2.5 text-right font-medium">Cost</th>
            </tr>
          </thead>
          <tbody>
            {[...rows, total].map((row) => (
              <tr
                key={row.key}
                className={
                  row.key === 'total' ? 'h-7 border-t border-line font-medium' : 'h-7 border-t border-line/60'
                }
              >
                <td className="px-2.5">{row.label}</td>
                <td className="px-2.5 text-right">
                  {row.units === null
                    ? ''
                    : Number.isInteger(row.units)
                      ? formatCount(row.units)
                      : formatNumber(row.units)}
                </td>
                <td className="px-2.5 text-right text-ink-muted">
                  {row.unitPrice === null ? '' : formatUnitPrice(row.unitPrice)}
                </td>
                <td className="px-2.5 text-right">{row.cost === null ? '' : formatExactMoney(row.cost)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-1.5 text-2xs text-ink-faint">
        Usage {usageProvided ? 'as the client sent it' : 'worked out by Tracewell'}; cost{' '}
        {costProvided ? 'as the client sent it' : 'worked out from the model’s price'}
        {pricingTierName ? `, tier “${pricingTierName}”` : ''}.
        {costProvided || !hasArithmetic ? null : (
          <> Each line is units × price of one unit; the total is their sum.</>
        )}
      </p>
    </Section>
  );
}
