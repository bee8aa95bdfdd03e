import type { FacetTerms } from '@tracewell/domain/search/index';
import type { TraceFacetField } from '../../api-client/types';

const levelNames: Record<string, string> = {
  ERROR: 'Error',
  WARNING: 'Warning',
  DEFAULT: 'Default',
  DEBUG: 'Debug',
};

/** A value as people read it. */
export const nameValue = (field: TraceFacetField, value: string): string =>
  value === '' ? 'empty' : field === 'level' ? (levelNames[value] ?? value) : value;

/** Facets of the sidebar, in its order; each is a field of the search language. */
export const facetFields = [
  'level',
  'name',
  'environment',
  'model',
  'tags',
  'userId',
  'sessionId',
  'tool',
  'prompt',
  'observation',
  'version',
  'release',
] as const satisfies readonly TraceFacetField[];
export type FacetField = (typeof facetFields)[number];

export const facetLabels: Record<FacetField, string> = {
  level: 'Level',
  name: 'Name',
  environment: 'Environment',
  model: 'Model',
  tags: 'Tags',
  userId: 'User',
  sessionId: 'Session',
  tool: 'Tool',
  prompt: 'Prompt',
  observation: 'Observation',
  version: 'Version',
  release: 'Release',
};

export const noTerms: FacetTerms = { included: [], excluded: [] };

export type Mark = 'on' | 'off' | 'not';
export const markOf = ({ included, excluded }: FacetTerms, value: string): Mark =>
  included.includes(value) ? 'on' : excluded.includes(value) ? 'not' : 'off';

/** The terms after one value got another mark. */
export function setMark(terms: FacetTerms, value: string, mark: Mark): FacetTerms {
  const without = (values: readonly string[]) => values.filter((other) => other !== value);
  const included = without(terms.included);
  const excluded = without(terms.excluded);
  if (mark === 'on') included.push(value);
  if (mark === 'not') excluded.push(value);
  return { included, excluded };
}
