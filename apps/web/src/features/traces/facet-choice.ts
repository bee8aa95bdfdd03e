import type { Condition } from '@tracewell/domain';
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

/** What is chosen in one facet: traces with any of `include`, and none of `exclude`. */
export interface FacetChoice {
  include: string[];
  exclude: string[];
}
export type FacetChoices = Partial<Record<TraceFacetField, FacetChoice>>;

export const facetFields = [
  'level',
  'name',
  'environment',
  'model',
  'tags',
  'userId',
  'sessionId',
  'version',
  'release',
] as const satisfies readonly TraceFacetField[];

export const facetLabels: Record<TraceFacetField, string> = {
  level: 'Level',
  name: 'Name',
  environment: 'Environment',
  model: 'Model',
  tags: 'Tags',
  userId: 'User',
  sessionId: 'Session',
  version: 'Version',
  release: 'Release',
};

/** In the URL: values with commas between, `!` before an excluded one; `\` escapes `,`, `\` and a leading `!`. */
export function encodeChoice({ include, exclude }: FacetChoice): string {
  const guard = (value: string) => value.replace(/[\\,]/g, '\\$&').replace(/^!/, '\\!');
  return [...include.map(guard), ...exclude.map((value) => `!${guard(value)}`)].join(',');
}

export function decodeChoice(text: string): FacetChoice {
  const choice: FacetChoice = { include: [], exclude: [] };
  let at = 0;
  while (at <= text.length) {
    const target = text[at] === '!' ? choice.exclude : choice.include;
    if (text[at] === '!') at++;
    let value = '';
    for (; at < text.length && text[at] !== ','; at++) {
      if (text[at] === '\\') at++;
      value += text[at] ?? '';
    }
    target.push(value);
    at++;
  }
  return choice;
}

export type Mark = 'on' | 'off' | 'not';
export const markOf = (choice: FacetChoice | undefined, value: string): Mark =>
  choice?.include.includes(value) ? 'on' : choice?.exclude.includes(value) ? 'not' : 'off';

/** The choice after one value got another mark; null when nothing is chosen any more. */
export function setMark(choice: FacetChoice | undefined, value: string, mark: Mark): FacetChoice | null {
  const without = (values: string[] = []) => values.filter((other) => other !== value);
  const include = without(choice?.include);
  const exclude = without(choice?.exclude);
  if (mark === 'on') include.push(value);
  if (mark === 'not') exclude.push(value);
  return include.length || exclude.length ? { include, exclude } : null;
}

/** Columns that hold several values of one trace. */
const manyValued: ReadonlySet<TraceFacetField> = new Set(['tags', 'model']);

/** Lower bounds: seconds, US dollars. */
export interface Thresholds {
  minLatency: number | null;
  minCost: number | null;
}

export function listConditions(choices: FacetChoices, { minLatency, minCost }: Thresholds): Condition[] {
  const bounds: Condition[] = [];
  if (minLatency !== null)
    bounds.push({ type: 'number', column: 'latency', operator: '>=', value: minLatency });
  if (minCost !== null) bounds.push({ type: 'number', column: 'totalCost', operator: '>=', value: minCost });
  const chosen = facetFields.flatMap((column): Condition[] => {
    const choice = choices[column];
    if (!choice) return [];
    const type = manyValued.has(column) ? 'arrayOptions' : 'stringOptions';
    const conditions: Condition[] = [];
    if (choice.include.length) conditions.push({ type, column, operator: 'any of', value: choice.include });
    if (choice.exclude.length) conditions.push({ type, column, operator: 'none of', value: choice.exclude });
    return conditions;
  });
  return [...chosen, ...bounds];
}
