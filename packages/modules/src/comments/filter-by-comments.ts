import { ApiError, type PublicComment } from '@tracewell/contract';
import type { Condition, Filter, NumberOperator } from '@tracewell/domain';
import type { Relational } from '@tracewell/engines/relational/port';
import { countCommentsByObject, findObjectsByContent } from './store';

/**
 * Comments lie in another store than what they are on: conditions on them become conditions on ids before a list
 * is read. `commentCount` compares the number of comments, `commentContent` looks into their text.
 */

/** Ids of one condition; more would make the statement larger than its answer. */
export const maxCommentedIds = 10_000;

/**
 * The filter with every condition on comments replaced. Asks nothing when there is none. Throws
 * `invalid_request` for a condition of the wrong type, and when too many things are commented on.
 */
export async function filterByComments(
  { relational }: { relational: Pick<Relational, 'db'> },
  projectId: string,
  objectType: PublicComment['objectType'],
  filter: Filter | undefined,
): Promise<Filter | undefined> {
  if (!filter?.some(({ column }) => isOfComments(column))) return filter;
  const conditions: Filter = [];
  for (const condition of filter) {
    if (!isOfComments(condition.column)) conditions.push(condition);
    else conditions.push(...(await replace(relational.db, { projectId, objectType }, condition)));
  }
  return conditions;
}

const isOfComments = (column: string): boolean => column === 'commentCount' || column === 'commentContent';

interface Place {
  projectId: string;
  objectType: PublicComment['objectType'];
}

async function replace(db: Relational['db'], place: Place, condition: Condition): Promise<Filter> {
  if (condition.column === 'commentCount') {
    if (condition.type !== 'number') throw wrongType('commentCount', 'number', condition.type);
    const holds = (count: number) => compare[condition.operator](count, condition.value);
    const counts = await countCommentsByObject(db, place, maxCommentedIds + 1);
    // Whatever has no comment is on no list here: it is spoken of by what it is not.
    const holdsForNone = holds(0);
    const ids = counts.filter(({ total }) => holds(total) !== holdsForNone).map(({ objectId }) => objectId);
    return idCondition(counts.length, ids, holdsForNone);
  }
  if (condition.type !== 'string') throw wrongType('commentContent', 'string', condition.type);
  const { operator, value } = condition;
  if (operator === 'matches' || value.includes('\0')) {
    throw new ApiError(
      'invalid_request',
      'commentContent takes the operators =, contains, does not contain, starts with and ends with, and text without NUL.',
    );
  }
  const isNegated = operator === 'does not contain';
  const positive = isNegated ? 'contains' : operator;
  const ids = await findObjectsByContent(db, place, { operator: positive, value }, maxCommentedIds + 1);
  return idCondition(ids.length, ids, isNegated);
}

const compare: Record<NumberOperator, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};

function idCondition(read: number, ids: string[], isNegated: boolean): Filter {
  if (read > maxCommentedIds) {
    throw new ApiError(
      'invalid_request',
      `More than ${maxCommentedIds} things of this project are meant by the condition on comments. Filter by something else.`,
    );
  }
  if (isNegated && ids.length === 0) return [];
  // No thing has an empty id: any of it is none.
  const value = ids.length > 0 ? ids : [''];
  return [{ type: 'stringOptions', column: 'id', operator: isNegated ? 'none of' : 'any of', value }];
}

const wrongType = (column: string, takes: string, given: string) =>
  new ApiError('invalid_request', `${column} takes a condition of type ${takes}, not ${given}.`);
