import type { FacetTerms } from '@tracewell/domain/search/index';

const levelNames: Record<string, string> = {
  ERROR: 'Error',
  WARNING: 'Warning',
  DEFAULT: 'Default',
  DEBUG: 'Debug',
};

/** A value as people read it. */
export const nameValue = (field: string, value: string): string =>
  value === '' ? 'empty' : field === 'level' ? (levelNames[value] ?? value) : value;

const labels: Record<string, string> = {
  level: 'Level',
  type: 'Type',
  name: 'Name',
  traceName: 'Trace',
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
  source: 'Source',
  dataType: 'Data type',
  category: 'Category',
  author: 'Author',
};

/** A field of the search as the sidebar calls it. */
export const labelOfField = (field: string): string => labels[field] ?? field;

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
