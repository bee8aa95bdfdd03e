'use client';
import { Button, isTextList, useStoredState } from '@tracewell/ui';
import type { TraceFacetField } from '../../api-client/types';
import { type FacetChoice, type FacetChoices, facetFields, type Thresholds } from './facet-choice';
import { FacetSection } from './facet-section';
import { ThresholdField } from './threshold-field';

interface FacetSidebarProps {
  projectId: string;
  from: string | undefined;
  to: string | undefined;
  generation: number;
  isLive: boolean;
  choices: FacetChoices;
  onChange: (field: TraceFacetField, choice: FacetChoice | null) => void;
  thresholds: Thresholds;
  onThresholds: (thresholds: Thresholds) => void;
  onClear: () => void;
}

export function FacetSidebar(props: FacetSidebarProps) {
  const { projectId, from, to, generation, isLive, choices, onChange, thresholds, onThresholds, onClear } =
    props;
  const [open, setOpen] = useStoredState(
    'tracewell.open-facets',
    ['level', 'name', 'environment'],
    isTextList,
  );
  const isAnyChosen =
    Object.keys(choices).length > 0 || thresholds.minLatency !== null || thresholds.minCost !== null;
  return (
    <aside
      aria-label="Filters"
      className="flex h-full w-50 flex-col overflow-y-auto border-r border-line bg-canvas"
    >
      <div className="flex h-8 shrink-0 items-center justify-between border-b border-line pr-1 pl-2.5 text-2xs font-medium text-ink-muted">
        Filters
        <Button look="ghost" className="h-6 px-1.5 text-2xs" disabled={!isAnyChosen} onClick={onClear}>
          Clear all
        </Button>
      </div>
      {facetFields.map((field) => (
        <FacetSection
          key={field}
          projectId={projectId}
          field={field}
          from={from}
          to={to}
          generation={generation}
          isLive={isLive}
          choice={choices[field]}
          onChange={(choice) => onChange(field, choice)}
          isOpen={open.includes(field)}
          onToggle={() =>
            setOpen(open.includes(field) ? open.filter((other) => other !== field) : [...open, field])
          }
        />
      ))}
      <section className="space-y-1.5 border-b border-line px-2.5 py-2">
        <ThresholdField
          label="Latency at least"
          unit="s"
          value={thresholds.minLatency}
          onChange={(minLatency) => onThresholds({ ...thresholds, minLatency })}
        />
        <ThresholdField
          label="Cost at least"
          unit="$"
          value={thresholds.minCost}
          onChange={(minCost) => onThresholds({ ...thresholds, minCost })}
        />
      </section>
    </aside>
  );
}
