import { z } from 'zod';
import { defineOperation } from '../operation';
import { storableId, storableText } from '../storable-text';

/** What a table of the explorer is set to, under a name: personal, or shared by the project. */

const path = '/api/v1/projects/{projectId}/saved-views';
const tag = 'Saved views';
const projectId = z.string().min(1);

export const savedViewTable = z.enum(['traces', 'observations', 'sessions', 'users', 'scores']);
export type SavedViewTable = z.infer<typeof savedViewTable>;
/** Who sees it. */
export const savedViewVisibility = z.enum(['personal', 'shared']);

/** Of one table, personal ones of one person and shared ones together. */
export const maxSavedViews = 500;

const name = storableText(100).trim().min(1);
/** A query string without its question mark. */
const search = storableText(4_000).refine(
  (text) => !text.startsWith('?'),
  'must not begin with a question mark',
);

export const savedView = z
  .object({
    id: z.string(),
    table: savedViewTable,
    name: z.string(),
    /** The query string of the screen’s address: filter, columns, order, time range. */
    search: z.string(),
    visibility: savedViewVisibility,
    /** What the table opens with: a personal one for its owner, before the shared one of everybody. */
    isDefault: z.boolean(),
    createdAt: z.iso.datetime({ offset: true }),
    updatedAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'SavedView' });
export type SavedView = z.infer<typeof savedView>;

export const listSavedViews = defineOperation({
  id: 'listSavedViews',
  method: 'GET',
  path,
  scope: 'saved-views:read',
  tag,
  summary: 'The saved views of a table that the caller sees, by name: their own and the shared ones.',
  params: z.object({ projectId }),
  query: z.object({ table: savedViewTable }),
  responses: { 200: z.object({ data: z.array(savedView) }) },
});

export const createSavedView = defineOperation({
  id: 'createSavedView',
  method: 'POST',
  path,
  scope: 'saved-views:read',
  tag,
  summary: 'Saves a view; a shared one needs the right to change what the project shares.',
  params: z.object({ projectId }),
  body: z.strictObject({
    table: savedViewTable,
    name,
    search,
    visibility: savedViewVisibility.default('personal'),
    isDefault: z.boolean().default(false),
  }),
  responses: { 201: savedView },
});

export const updateSavedView = defineOperation({
  id: 'updateSavedView',
  method: 'PATCH',
  path: `${path}/{viewId}`,
  scope: 'saved-views:read',
  tag,
  summary: 'Changes what the body names. One that becomes the default takes that from the one before it.',
  params: z.object({ projectId, viewId: storableId }),
  body: z.strictObject({
    name: name.optional(),
    search: search.optional(),
    visibility: savedViewVisibility.optional(),
    isDefault: z.boolean().optional(),
  }),
  responses: { 200: savedView },
});

export const deleteSavedView = defineOperation({
  id: 'deleteSavedView',
  method: 'DELETE',
  path: `${path}/{viewId}`,
  scope: 'saved-views:read',
  tag,
  summary: 'Forgets a view.',
  params: z.object({ projectId, viewId: storableId }),
  responses: { 200: z.object({ success: z.literal(true) }) },
});
