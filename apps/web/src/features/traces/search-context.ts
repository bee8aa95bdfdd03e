import {
  addTerms,
  changeFacet,
  printField,
  readFacet,
  type SearchContext,
  traceFields,
} from '@tracewell/domain/search/index';

/** For reading and changing terms of a query, where the time of day does not matter. */
export const traceSearch: SearchContext = { catalogue: traceFields, now: 0 };

/** The query, and that a field (`score.tone` too) has a value, or has it not. */
export function narrowTo(q: string, field: string, value: string, isExcluded: boolean): string {
  const [name = field, ...key] = field.split('.');
  if (key.length > 0) {
    const term = printField(name, key.join('.'), { kind: 'is', patterns: [{ text: value, isGlob: false }] });
    return addTerms(q, [isExcluded ? `-${term}` : term], traceSearch);
  }
  const { included, excluded } = readFacet(q, field, traceSearch);
  const terms = isExcluded
    ? { included: included.filter((other) => other !== value), excluded: [...excluded, value] }
    : { included: [value], excluded: excluded.filter((other) => other !== value) };
  return changeFacet(q, field, terms, traceSearch);
}
