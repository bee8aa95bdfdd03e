export { type Completion, completeSearch, fieldsLike } from './complete-search';
export * from './expression';
export { changeFacet, type FacetTerms, readFacet } from './facet-terms';
export * from './fields';
export { maxSearchValues } from './parse-field';
export { maxSearchTerms, parseSearch, type SearchContext } from './parse-search';
export { printField, printSearch } from './print-search';
export { SearchError } from './search-error';
export { maxSearchChars } from './tokens';
