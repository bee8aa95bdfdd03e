import type { SearchExpression, SearchTerm } from './expression';
import { parseSearch, type SearchContext } from './parse-search';
import { printField } from './print-search';

/** Which values of a field a query picks, and which it leaves out, as the boxes of a sidebar show it. */
export interface FacetTerms {
  included: string[];
  excluded: string[];
}

/** What the terms of a query that all must hold say of a field; patterns and sizes are not values of a box. */
export function readFacet(query: string, field: string, context: SearchContext): FacetTerms {
  const terms: FacetTerms = { included: [], excluded: [] };
  for (const { term, isNegated } of plainTerms(query, field, context)) {
    terms[isNegated ? 'excluded' : 'included'].push(...valuesOf(term));
  }
  return terms;
}

/** The query with these values of a field instead of those it had; all else stays as the person wrote it. */
export function changeFacet(query: string, field: string, terms: FacetTerms, context: SearchContext): string {
  let rest = query;
  for (const { start, end } of plainTerms(query, field, context)
    .map(({ whole }) => whole.place)
    .reverse()) {
    rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
  }
  rest = rest.trim().replace(/\s{2,}/g, (spaces, at: number) => (isQuoted(rest, at) ? spaces : ' '));
  const added: string[] = [];
  if (terms.included.length > 0) added.push(printField(field, null, isAnyOf(terms.included)));
  if (terms.excluded.length > 0) added.push(`-${printField(field, null, isAnyOf(terms.excluded))}`);
  return [added.length > 0 && isAlternative(rest, context) ? `(${rest})` : rest, ...added]
    .filter((part) => part !== '')
    .join(' ');
}

const isAnyOf = (values: readonly string[]) => ({
  kind: 'is' as const,
  patterns: values.map((text) => ({ text, isGlob: false })),
});

const valuesOf = (term: SearchTerm): string[] =>
  term.kind === 'field' && term.test.kind === 'is' ? term.test.patterns.map(({ text }) => text) : [];

interface PlainTerm {
  term: SearchTerm;
  /** The term with its minus. */
  whole: SearchExpression;
  isNegated: boolean;
}

function plainTerms(query: string, field: string, context: SearchContext): PlainTerm[] {
  const expression = parseOrNull(query, context);
  if (!expression) return [];
  const parts = expression.kind === 'and' ? expression.parts : [expression];
  return parts.flatMap((whole): PlainTerm[] => {
    const isNegated = whole.kind === 'not';
    const term = isNegated ? whole.part : whole;
    return term.kind === 'field' &&
      term.field === field &&
      term.key === null &&
      term.test.kind === 'is' &&
      term.test.patterns.every(({ isGlob }) => !isGlob)
      ? [{ term, whole, isNegated }]
      : [];
  });
}

const isAlternative = (query: string, context: SearchContext): boolean =>
  parseOrNull(query, context)?.kind === 'or' && !/^\(.*\)$/s.test(query);

/** A query that is half typed has no terms yet. */
function parseOrNull(query: string, context: SearchContext): SearchExpression | null {
  try {
    return parseSearch(query, context);
  } catch {
    return null;
  }
}

const isQuoted = (text: string, at: number): boolean => (text.slice(0, at).split('"').length - 1) % 2 === 1;
