import { formatCompact, formatDuration, formatMoney } from '@tracewell/ui';
import type { Differences } from '../../api-client/types';

type Measure = Differences['measures'][number];

const shown: Record<Measure['measure'], { label: string; format: (value: number) => string }> = {
  latencyMs: { label: 'latency', format: formatDuration },
  totalCost: { label: 'cost', format: formatMoney },
  totalTokens: { label: 'tokens', format: formatCompact },
  errorCount: { label: 'errors', format: formatCompact },
};

/** Medians of both, where they differ. */
export function MeasureLine({ measures }: { measures: Differences['measures'] }) {
  const different = measures.filter(({ inside, outside }) => inside !== outside);
  if (different.length === 0) return null;
  return (
    <p className="mb-2 flex flex-wrap gap-x-4 text-xs text-ink-muted">
      {different.map(({ measure, inside, outside }) => {
        const { label, format } = shown[measure];
        return (
          <span key={measure} className="tabular-nums">
            Median {label}{' '}
            <span className="font-medium text-ink">{inside === null ? '–' : format(inside)}</span> against{' '}
            {outside === null ? '–' : format(outside)}
          </span>
        );
      })}
    </p>
  );
}
