import {
  addTerms,
  changeFacet,
  type FieldCatalogue,
  parseSearch,
  printField,
  readFacet,
  type SearchContext,
} from '@tracewell/domain/search/index';

/** For reading and changing terms of a query, where the time of day does not matter. */
export const contextOf = (catalogue: FieldCatalogue): SearchContext => ({ catalogue, now: 0 });

/** The query, and that a field (`score.tone` too) has a value, or has it not. */
export function narrowTo(
  catalogue: FieldCatalogue,
  q: string,
  field: string,
  value: string,
  isExcluded: boolean,
): string {
  const context = contextOf(catalogue);
  const [name = field, ...key] = field.split('.');
  if (key.length > 0) {
    const term = printField(name, key.join('.'), { kind: 'is', patterns: [{ text: value, isGlob: false }] });
    return addTerms(q, [isExcluded ? `-${term}` : term], context);
  }
  const { included, excluded } = readFacet(q, field, context);
  const terms = isExcluded
    ? { included: included.filter((other) => other !== value), excluded: [...excluded, value] }
    : { included: [value], excluded: excluded.filter((other) => other !== value) };
  return changeFacet(q, field, terms, context);
}

/** A query that another table can understand too; '' when it asks for what only this one has. */
export function carryOver(q: string, catalogue: FieldCatalogue): string {
  try {
    parseSearch(q, contextOf(catalogue));
    return q;
  } catch {
    return '';
  }
}
