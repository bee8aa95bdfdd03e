export { type Completion, completeSearch, fieldsLike } from './complete-search';
export * from './expression';
export { changeAtLeast, changeFacet, type FacetTerms, readAtLeast, readFacet } from './facet-terms';
export * from './fields';
export { maxSearchValues } from './parse-field';
export { maxSearchTerms, parseSearch, type SearchContext } from './parse-search';
export { printField, printSearch, quoteValue } from './print-search';
export { SearchError } from './search-error';
export { maxSearchChars } from './tokens';
