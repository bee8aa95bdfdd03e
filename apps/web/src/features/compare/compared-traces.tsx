'use client';
import { Button, cn, formatDuration, formatMicroseconds, formatMoney } from '@tracewell/ui';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import type { ObservationNode, TraceDetail } from '../../api-client/types';
import { type AlignedPair, alignTraces } from './align-traces';

interface ComparedTracesProps {
  projectId: string;
  left: TraceDetail;
  right: TraceDetail;
}

const PairPayloads = dynamic(() => import('./pair-payloads').then((module) => module.PairPayloads), {
  ssr: false,
});

/** Rows drawn at first, and by each press of the button below them. */
const rowsAtOnce = 300;
const deepestIndent = 12;

export function ComparedTraces({ projectId, left, right }: ComparedTracesProps) {
  const pairs = useMemo(() => alignTraces(left.observations, right.observations), [left, right]);
  const [shown, setShown] = useState(rowsAtOnce);
  const [chosen, setSelected] = useQueryState('pair', parseAsString);
  const first = pairs[0];
  const selected = chosen ?? (first ? keyOf(first) : null);
  const base = `/project/${encodeURIComponent(projectId)}/traces`;
  const pair = pairs.find((each) => keyOf(each) === selected);
  return (
    <div className="space-y-3 p-3">
      <div className="overflow-x-auto rounded-md border border-line bg-surface">
        <table className="w-full min-w-160 text-xs tabular-nums">
          <thead className="text-2xs text-ink-muted">
            <tr className="border-b border-line">
              <th className="px-2.5 text-left font-medium">Step</th>
              {[left, right].map((trace, index) => (
                <th key={index === 0 ? 'left' : 'right'} className="px-2.5 py-1.5 text-right font-medium">
                  <Link className="hover:text-accent" href={`${base}/${encodeURIComponent(trace.id)}`}>
                    {trace.name || 'Unnamed trace'}
                  </Link>
                  <span className="block">
                    {formatDuration(trace.latencyMs)}, {formatMoney(trace.totalCost)}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pairs.slice(0, shown).map((each) => {
              const isSelected = keyOf(each) === selected;
              return (
                <tr
                  key={keyOf(each)}
                  className={cn('h-7 border-t border-line/60', isSelected && 'bg-accent-soft')}
                >
                  <td
                    className="px-2.5"
                    style={{ paddingLeft: 10 + Math.min(each.depth, deepestIndent) * 14 }}
                  >
                    <button
                      type="button"
                      aria-pressed={isSelected}
                      onClick={() => void setSelected(keyOf(each))}
                      className="hover:text-accent"
                    >
                      {(each.left ?? each.right)?.name || 'unnamed'}
                    </button>
                    {each.left && each.right ? null : (
                      <span className="ml-2 text-warn">{each.left ? 'left only' : 'right only'}</span>
                    )}
                  </td>
                  <Figures of={each.left} />
                  <Figures of={each.right} />
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {pairs.length > shown ? (
        <Button onClick={() => setShown(shown + rowsAtOnce)}>Show more of {pairs.length} steps</Button>
      ) : null}
      {pair ? (
        <PairPayloads key={selected} projectId={projectId} left={left} right={right} pair={pair} />
      ) : null}
    </div>
  );
}

const keyOf = (pair: AlignedPair<ObservationNode>): string =>
  `${pair.left?.id ?? ''}~${pair.right?.id ?? ''}`;

function Figures({ of }: { of: ObservationNode | null }) {
  return (
    <td className="px-2.5 text-right">
      {of ? (
        <>
          {of.level === 'ERROR' ? <span className="mr-2 text-danger">failed</span> : null}
          {of.durationUs === null ? 'no end' : formatMicroseconds(of.durationUs)}
          {of.cost.total ? <span className="ml-2 text-ink-muted">{formatMoney(of.cost.total)}</span> : null}
        </>
      ) : (
        <span className="text-ink-faint">not there</span>
      )}
    </td>
  );
}
