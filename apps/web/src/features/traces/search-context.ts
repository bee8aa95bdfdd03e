import { type SearchContext, traceFields } from '@tracewell/domain/search/index';

/** For reading and changing terms of a query, where the time of day does not matter. */
export const traceSearch: SearchContext = { catalogue: traceFields, now: 0 };
