'use client';
import { changeAtLeast, changeFacet, readAtLeast, readFacet } from '@tracewell/domain/search/index';
import { Button, isTextList, useStoredState } from '@tracewell/ui';
import type { Selection } from '../../api-client/types';
import type { ExploredTable } from './explored-table';
import { noTerms } from './facet-choice';
import { FacetSection } from './facet-section';
import { contextOf } from './search-context';
import { ThresholdField } from './threshold-field';

interface FacetSidebarProps {
  projectId: string;
  table: Pick<ExploredTable<never>, 'name' | 'catalogue' | 'facets' | 'fetchFacets'>;
  selection: Selection;
  generation: number;
  isLive: boolean;
  q: string;
  onSearch: (q: string) => void;
}

/** Shown where the table has the field, by that very name. */
const thresholds = [
  { field: 'latency', label: 'Latency at least', unit: 's' },
  { field: 'duration', label: 'Duration at least', unit: 's' },
  { field: 'totalCost', label: 'Cost at least', unit: '$' },
] as const;

/** The search as boxes to tick: what is ticked is a term of the query, and what is typed there is ticked here. */
export function FacetSidebar(props: FacetSidebarProps) {
  const { projectId, table, selection, generation, isLive, q, onSearch } = props;
  const context = contextOf(table.catalogue);
  const limits = thresholds.filter(({ field }) => table.catalogue.fields.some(({ name }) => name === field));
  const [open, setOpen] = useStoredState(
    `tracewell.open-facets-${table.name}`,
    table.facets.slice(0, 3),
    isTextList,
  );
  return (
    <aside
      aria-label="Filters"
      className="flex h-full w-50 flex-col overflow-y-auto border-r border-line bg-canvas"
    >
      <div className="flex h-8 shrink-0 items-center justify-between border-b border-line pr-1 pl-2.5 text-2xs font-medium text-ink-muted">
        Filters
        <Button look="ghost" className="h-6 px-1.5 text-2xs" disabled={q === ''} onClick={() => onSearch('')}>
          Clear all
        </Button>
      </div>
      {table.facets.map((field) => (
        <FacetSection
          key={field}
          projectId={projectId}
          table={table}
          field={field}
          // Counted among what the rest of the search means: what another value of this field would give.
          selection={{ ...selection, q: changeFacet(q, field, noTerms, context) || undefined }}
          generation={generation}
          isLive={isLive}
          terms={readFacet(q, field, context)}
          onChange={(terms) => onSearch(changeFacet(q, field, terms, context))}
          isOpen={open.includes(field)}
          onToggle={() =>
            setOpen(open.includes(field) ? open.filter((other) => other !== field) : [...open, field])
          }
        />
      ))}
      {limits.length ? (
        <section className="space-y-1.5 border-b border-line px-2.5 py-2">
          {limits.map(({ field, label, unit }) => (
            <ThresholdField
              key={field}
              label={label}
              unit={unit}
              value={readAtLeast(q, field, context)}
              onChange={(least) => onSearch(changeAtLeast(q, field, least, context))}
            />
          ))}
        </section>
      ) : null}
    </aside>
  );
}
