'use client';
import { observationFields, scoreFields, sessionFields, traceFields } from '@tracewell/domain/search/index';
import { cn } from '@tracewell/ui';
import Link from 'next/link';
import { carryOver } from './search-context';
import { defaultRange } from './use-explore-state';

const tables = [
  { name: 'traces', title: 'Traces', catalogue: traceFields },
  { name: 'observations', title: 'Observations', catalogue: observationFields },
  { name: 'sessions', title: 'Sessions', catalogue: sessionFields },
  { name: 'scores', title: 'Scores', catalogue: scoreFields },
] as const;

interface TableSwitchProps {
  projectId: string;
  name: (typeof tables)[number]['name'];
  range: string;
  q: string;
}

/** From one table to another; the time range goes along, and the search where it is understood. */
export function TableSwitch({ projectId, name, range, q }: TableSwitchProps) {
  return (
    <nav aria-label="Table" className="flex items-center gap-3">
      {tables.map((table) => {
        const search = new URLSearchParams();
        if (range !== defaultRange) search.set('range', range);
        const carried = carryOver(q, table.catalogue);
        if (carried) search.set('q', carried);
        const isHere = table.name === name;
        return (
          <Link
            key={table.name}
            href={`/project/${encodeURIComponent(projectId)}/${table.name}${search.size ? `?${search}` : ''}`}
            aria-current={isHere ? 'page' : undefined}
            className={cn(isHere ? 'text-ink' : 'font-normal text-ink-muted hover:text-ink')}
          >
            {table.title}
          </Link>
        );
      })}
    </nav>
  );
}
