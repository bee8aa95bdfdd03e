import type { FieldCatalogue } from '@tracewell/domain/search/index';
import type { ProjectAccess } from '../access/index';
import { readTimeRange } from '../time-ranges/index';
import { readSearch } from './read-search';

/** Which rows of a table a query of the explorer means. Throws `invalid_request` for a time or a search that cannot be. */
export const rowSelectionOf = (
  access: ProjectAccess,
  query: { from?: string | undefined; to?: string | undefined; q?: string | undefined },
  fields: FieldCatalogue,
) => ({
  projectId: access.projectId,
  ...readTimeRange(query.from, query.to),
  search: readSearch(query.q, fields),
});
