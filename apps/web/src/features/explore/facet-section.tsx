'use client';
import { useQuery } from '@tanstack/react-query';
import type { FacetTerms } from '@tracewell/domain/search/index';
import { Button, CheckMark, cn, formatCompact, Input, Skeleton } from '@tracewell/ui';
import { ChevronRight, X } from 'lucide-react';
import { useDeferredValue, useId, useState } from 'react';
import { messageOf } from '../../api-client/client-error';
import type { Selection } from '../../api-client/types';
import type { ExploredTable } from './explored-table';
import { labelOfField, type Mark, markOf, nameValue, noTerms, setMark } from './facet-choice';
import { LevelMark } from './level-mark';

interface FacetSectionProps {
  projectId: string;
  table: Pick<ExploredTable<never>, 'name' | 'fetchFacets'>;
  field: string;
  /** What the values are counted among. */
  selection: Selection;
  generation: number;
  /** Counts are brought up to date now and then. */
  isLive: boolean;
  terms: FacetTerms;
  onChange: (terms: FacetTerms) => void;
  isOpen: boolean;
  onToggle: () => void;
}

const firstValues = 8;
const refreshMs = 10_000;
const manyValues = 50;

/** One facet: its values with counts are asked for when it is opened, not before. */
export function FacetSection(props: FacetSectionProps) {
  const { projectId, table, field, selection, generation, isLive, terms, onChange, isOpen, onToggle } = props;
  const [search, setSearch] = useState('');
  const [showsAll, setShowsAll] = useState(false);
  const wanted = useDeferredValue(search.trim());
  const panelId = useId();
  const limit = showsAll || wanted ? manyValues : firstValues + 1;
  const facets = useQuery({
    queryKey: ['project', projectId, table.name, 'facets', field, selection, wanted, limit, generation],
    queryFn: ({ signal }) =>
      table.fetchFacets(projectId, { ...selection, field, search: wanted || undefined, limit }, signal),
    enabled: isOpen,
    staleTime: refreshMs,
    refetchInterval: isLive ? refreshMs : false,
    placeholderData: (previous) => previous,
  });
  const chosen = [...terms.included, ...terms.excluded];
  const found = facets.data?.data ?? [];
  const missing = chosen.filter((value) => !found.some((facet) => facet.value === value));
  const values: { value: string; count: number | null }[] = [
    ...(wanted ? [] : missing.map((value) => ({ value, count: null }))),
    ...(showsAll || wanted ? found : found.slice(0, firstValues)),
  ];
  const isMore = !showsAll && !wanted && found.length > firstValues;
  const label = labelOfField(field);
  return (
    <section className="border-b border-line">
      <div className="flex h-8 items-center pr-1.5">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={panelId}
          onClick={onToggle}
          className="flex h-full min-w-0 flex-1 items-center gap-1.5 px-2 text-xs font-medium hover:text-accent"
        >
          <ChevronRight className={cn('size-3 text-ink-faint', isOpen && 'rotate-90')} />
          {label}
          {chosen.length ? (
            <span className="rounded bg-accent-soft px-1 text-2xs text-accent">{chosen.length}</span>
          ) : null}
        </button>
        {chosen.length ? (
          <Button look="ghost" size="tiny" aria-label={`Clear ${label}`} onClick={() => onChange(noTerms)}>
            <X />
          </Button>
        ) : null}
      </div>
      {isOpen ? (
        <div id={panelId} className="px-1.5 pb-2">
          {showsAll || wanted ? (
            <Input
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              placeholder={`Search ${label.toLowerCase()}`}
              aria-label={`Search ${label.toLowerCase()}`}
              className="mb-1 h-6 text-xs"
              autoFocus
            />
          ) : null}
          {facets.isPending ? (
            [0, 1, 2].map((row) => (
              <div key={row} className="flex h-6 items-center px-1">
                <Skeleton className="w-full" />
              </div>
            ))
          ) : facets.isError && !facets.data ? (
            <p className="px-1 text-2xs text-danger" title={messageOf(facets.error)}>
              Not loaded.{' '}
              <button type="button" className="underline" onClick={() => facets.refetch()}>
                Try again
              </button>
            </p>
          ) : values.length === 0 ? (
            <p className="px-1 py-0.5 text-2xs text-ink-faint">{wanted ? 'No such value' : 'None here'}</p>
          ) : (
            <div className={cn('overflow-y-auto', showsAll && 'max-h-64')}>
              {values.map(({ value, count }) => (
                <FacetValue
                  key={value}
                  field={field}
                  value={value}
                  count={count}
                  mark={markOf(terms, value)}
                  onMark={(mark) => onChange(setMark(terms, value, mark))}
                />
              ))}
            </div>
          )}
          {isMore ? (
            <button
              type="button"
              onClick={() => setShowsAll(true)}
              className="mt-0.5 px-1 text-2xs text-ink-muted hover:text-ink"
            >
              More, search…
            </button>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

interface FacetValueProps {
  field: string;
  value: string;
  count: number | null;
  mark: Mark;
  onMark: (mark: Mark) => void;
}

function FacetValue({ field, value, count, mark, onMark }: FacetValueProps) {
  const label = nameValue(field, value);
  return (
    <div className="group flex h-6 items-center rounded hover:bg-hover">
      {/* biome-ignore lint/a11y/useSemanticElements: three states, which an input checkbox has not in HTML */}
      <button
        type="button"
        role="checkbox"
        aria-checked={mark === 'not' ? 'mixed' : mark === 'on'}
        aria-label={mark === 'not' ? `${label}, excluded` : label}
        title={value}
        onClick={(event) =>
          onMark(event.altKey ? (mark === 'not' ? 'off' : 'not') : mark === 'off' ? 'on' : 'off')
        }
        className="flex h-full min-w-0 flex-1 items-center gap-1.5 px-1 text-left text-xs"
      >
        <CheckMark state={mark} />
        {field === 'level' ? <LevelMark level={value} /> : null}
        <span className={cn('truncate', mark === 'not' && 'line-through', !value && 'text-ink-faint italic')}>
          {label}
        </span>
      </button>
      <button
        type="button"
        aria-label={`Exclude ${label}`}
        onClick={() => onMark(mark === 'not' ? 'off' : 'not')}
        className="hidden px-1 text-2xs text-ink-muted group-hover:block hover:text-danger focus-visible:block"
      >
        not
      </button>
      <span className="px-1 text-2xs text-ink-faint tabular-nums group-hover:hidden">
        {count === null ? '' : formatCompact(count)}
      </span>
    </div>
  );
}
