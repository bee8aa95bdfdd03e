'use client';
import { useQuery } from '@tanstack/react-query';
import {
  type Completion,
  completeSearch,
  exampleOfKind,
  type FieldCatalogue,
  fieldsLike,
  quoteValue,
  type SearchField,
} from '@tracewell/domain/search/index';
import { formatCompact } from '@tracewell/ui';
import type { Selection, ValueCounts } from '../../api-client/types';

/** Asks for the values of a field that were seen. */
export type FetchFacets = (
  projectId: string,
  query: Selection & { field: string; search?: string | undefined; limit: number },
  signal: AbortSignal,
) => Promise<ValueCounts>;

/** What may stand where the cursor is. */
export interface SearchOption {
  label: string;
  hint: string;
  /** The query with it, and where the cursor is then. */
  query: string;
  cursor: number;
}

const maxOptions = 12;

/** Options at the cursor: fields by what is typed, and values that were seen, the most frequent first. */
export function useSearchOptions(request: {
  projectId: string;
  query: string;
  cursor: number;
  catalogue: FieldCatalogue;
  fetchFacets: FetchFacets;
  /** Whose values are offered; without the query itself. */
  selection: Selection;
  isOpen: boolean;
}): { options: SearchOption[]; isPending: boolean } {
  const { projectId, query, cursor, catalogue, fetchFacets, selection, isOpen } = request;
  const completion = isOpen ? completeSearch(query, cursor, catalogue) : null;
  const facet = completion && facetOf(completion);
  const values = useQuery({
    queryKey: ['project', projectId, 'search-values', facet, selection.from, selection.to, completion?.typed],
    queryFn: ({ signal }) =>
      fetchFacets(
        projectId,
        {
          field: facet!,
          from: selection.from,
          to: selection.to,
          search: completion!.typed || undefined,
          limit: maxOptions,
        },
        signal,
      ),
    enabled: facet !== null,
    staleTime: 30_000,
    placeholderData: (previous) => previous,
  });
  if (!completion) return { options: [], isPending: false };
  return {
    options: [
      ...(completion.kind === 'field' ? fieldOptions(query, completion, catalogue) : []),
      ...(facet ? (values.data?.data ?? []).map((it) => valueOption(query, completion, it)) : []),
      ...(completion.kind === 'value' && !facet ? examplesOf(query, completion) : []),
    ].slice(0, maxOptions),
    isPending: facet !== null && values.isPending,
  };
}

/** Which values are asked for; null where none can be counted. */
function facetOf(completion: Completion): string | null {
  if (completion.kind === 'key') return completion.field.kind === 'score' ? 'scoreName' : 'metadataKey';
  if (completion.kind === 'value' && completion.field.hasFacet) {
    return completion.field.name;
  }
  return null;
}

function fieldOptions(query: string, completion: Completion, catalogue: FieldCatalogue): SearchOption[] {
  // Nothing typed yet: the fields are offered too, as the way to learn that there are some.
  const isAfterHas = query.slice(0, completion.start).endsWith('has:');
  return fieldsLike(completion.typed, catalogue).map((field) => ({
    label: field.name,
    hint: field.description,
    ...replaced(query, completion, field.name + endOf(field, isAfterHas)),
  }));
}

const endOf = ({ kind }: SearchField, isAfterHas: boolean): string =>
  kind === 'map' || kind === 'score' ? '.' : isAfterHas ? ' ' : ':';

function valueOption(
  query: string,
  completion: Completion,
  { value, count }: { value: string; count: number },
): SearchOption {
  const hint = formatCompact(count);
  if (completion.kind === 'key') {
    const key = /^[\w.-]*[\w-]$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
    return { label: value, hint, ...replaced(query, completion, `${key}:`) };
  }
  return { label: value, hint, ...replaced(query, completion, `${quoteValue(value)} `) };
}

/** Of a field without values that could be counted: how one is written. */
const examplesOf = (query: string, completion: Extract<Completion, { kind: 'value' }>): SearchOption[] =>
  completion.typed === ''
    ? [
        {
          label: `${completion.field.name}:…`,
          hint: exampleOfKind[completion.field.kind],
          query,
          cursor: completion.end,
        },
      ]
    : [];

function replaced(
  query: string,
  { start, end }: Completion,
  text: string,
): { query: string; cursor: number } {
  const rest = query.slice(end);
  const joined = text.endsWith(' ') && rest.startsWith(' ') ? text.slice(0, -1) : text;
  return { query: query.slice(0, start) + joined + rest, cursor: start + text.length };
}
