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
  const rest = cutOut(query, plainTerms(query, field, context));
  const added: string[] = [];
  if (terms.included.length > 0) added.push(printField(field, null, isAnyOf(terms.included)));
  if (terms.excluded.length > 0) added.push(`-${printField(field, null, isAnyOf(terms.excluded))}`);
  return addTerms(rest, added, context);
}

/** The lower bound of a size that all rows must have; null without one. */
export function readAtLeast(query: string, field: string, context: SearchContext): number | null {
  const bound = boundTerms(query, field, context).at(-1)?.term;
  return bound?.kind === 'field' && bound.test.kind === 'compare' ? bound.test.value : null;
}

/** The query with another lower bound of a size, or without one. */
export function changeAtLeast(
  query: string,
  field: string,
  value: number | null,
  context: SearchContext,
): string {
  const rest = cutOut(query, boundTerms(query, field, context));
  const added = value === null ? [] : [printField(field, null, { kind: 'compare', operator: '>=', value })];
  return addTerms(rest, added, context);
}

function cutOut(query: string, terms: readonly TopTerm[]): string {
  let rest = query;
  for (const { start, end } of terms.map(({ whole }) => whole.place).reverse()) {
    rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
  }
  return rest.trim().replace(/\s{2,}/g, (spaces, at: number) => (isQuoted(rest.trim(), at) ? spaces : ' '));
}

/** The query, and these terms as well. */
export const addTerms = (query: string, added: readonly string[], context: SearchContext): string =>
  [added.length > 0 && isAlternative(query, context) ? `(${query})` : query, ...added]
    .filter((part) => part !== '')
    .join(' ');

const isAnyOf = (values: readonly string[]) => ({
  kind: 'is' as const,
  patterns: values.map((text) => ({ text, isGlob: false })),
});

const valuesOf = (term: SearchTerm): string[] =>
  term.kind === 'field' && term.test.kind === 'is' ? term.test.patterns.map(({ text }) => text) : [];

interface TopTerm {
  term: SearchTerm;
  /** The term with its minus. */
  whole: SearchExpression;
  isNegated: boolean;
}

/** The terms of a query that all must hold. */
function topTerms(query: string, context: SearchContext): TopTerm[] {
  const expression = parseOrNull(query, context);
  if (!expression) return [];
  const parts = expression.kind === 'and' ? expression.parts : [expression];
  return parts.flatMap((whole): TopTerm[] => {
    const isNegated = whole.kind === 'not';
    const term = isNegated ? whole.part : whole;
    return term.kind === 'field' || term.kind === 'text' ? [{ term, whole, isNegated }] : [];
  });
}

const plainTerms = (query: string, field: string, context: SearchContext): TopTerm[] =>
  topTerms(query, context).filter(
    ({ term }) =>
      term.kind === 'field' &&
      term.field === field &&
      term.key === null &&
      term.test.kind === 'is' &&
      term.test.patterns.every(({ isGlob }) => !isGlob),
  );

const boundTerms = (query: string, field: string, context: SearchContext): TopTerm[] =>
  topTerms(query, context).filter(
    ({ term, isNegated }) =>
      !isNegated &&
      term.kind === 'field' &&
      term.field === field &&
      term.test.kind === 'compare' &&
      term.test.operator === '>=',
  );

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
