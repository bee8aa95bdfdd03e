import { randomUUID } from 'node:crypto';
import { ApiError, type RuleFilter, StructuredError, type variableMapping } from '@tracewell/contract';
import type { z } from 'zod';
import type { ProjectAccess } from '../access/index';
import { recordChange } from '../audit-log/index';
import { findEvaluators, readMapping, type StoredEvaluator, variablesOf } from '../evaluators/index';
import { checkFilter } from './rule-filter';
import {
  type AssignmentRow,
  changeRule,
  countRules,
  findRule,
  insertRule,
  replaceAssignments,
  type StoredRule,
  type Transaction,
} from './store';

/** Rules of one project that may be enabled at the same time. */
export const maxEnabledRules = 500;

/** What a rule is made of; of a change, the fields that are given. */
export interface RuleFields {
  name: string;
  enabled: boolean;
  sampling: number;
  filter: RuleFilter[];
  assignments: Omit<AssignmentRow, 'evaluationRuleId'>[];
}
export interface SentAssignment {
  evaluatorId: string;
  mapping?: z.output<typeof variableMapping>[] | null | undefined;
}

/** Mappings are checked against the evaluators they are for. Throws `not_found` for an evaluator that is not there. */
export async function readAssignments(
  transaction: Transaction,
  access: ProjectAccess,
  sent: readonly SentAssignment[],
): Promise<RuleFields['assignments']> {
  const found = await findEvaluators(
    transaction,
    access.projectId,
    sent.map(({ evaluatorId }) => evaluatorId),
  );
  const byId = new Map(found.map((stored) => [stored.evaluator.id, stored]));
  return sent.map(({ evaluatorId, mapping }) => {
    const stored = byId.get(evaluatorId);
    if (!stored) throw new ApiError('not_found', `Evaluator ${evaluatorId} not found in this project.`);
    return { evaluatorId, mapping: readOverride(stored, mapping) };
  });
}

function readOverride(stored: StoredEvaluator, mapping: SentAssignment['mapping']) {
  if (!mapping) return null;
  const { definition } = stored.version;
  // Code is always given the same variables; a list that says so is no override.
  if (definition.type === 'llm_as_judge') return readMapping(variablesOf(definition), mapping);
  if (mapping.length === 0) return null;
  throw new StructuredError(
    'invalid_request',
    'invalid_variable_mapping',
    `${stored.evaluator.name} is code and is always given the same variables. Leave its mapping out.`,
    { evaluatorName: stored.evaluator.name },
  );
}

/** Within a transaction that holds the project's lock. Returns the id. */
export async function addRule(
  transaction: Transaction,
  access: ProjectAccess,
  fields: RuleFields,
): Promise<string> {
  checkFilter(fields.filter);
  await checkEnabled(transaction, access, fields, null);
  const { assignments, ...columns } = fields;
  const id = randomUUID();
  await insertRule(transaction, {
    id,
    projectId: access.projectId,
    ...columns,
    createdByUserId: access.actor.kind === 'user' ? access.actor.id : null,
  });
  await replaceAssignments(transaction, id, assignments);
  await record(transaction, access, 'evaluation-rules.create', id, { after: fields });
  return id;
}

/** As `addRule`. Taking the last evaluator away disables the rule, unless it is to be enabled: then it throws. */
export async function reviseRule(
  transaction: Transaction,
  access: ProjectAccess,
  stored: StoredRule,
  change: Partial<RuleFields>,
): Promise<void> {
  const { rule } = stored;
  if (change.filter) checkFilter(change.filter);
  const assignments = change.assignments ?? stored.assignments;
  const enabled = change.enabled ?? (rule.enabled && assignments.length > 0);
  await checkEnabled(transaction, access, { enabled, assignments }, rule.id);
  const { assignments: _, ...columns } = change;
  await changeRule(transaction, access.projectId, rule.id, { ...columns, enabled });
  if (change.assignments) await replaceAssignments(transaction, rule.id, change.assignments);
  const { name, sampling, filter } = rule;
  await record(transaction, access, 'evaluation-rules.update', rule.id, {
    before: { name, enabled: rule.enabled, sampling, filter, assignments: stored.assignments },
    after: { ...change, enabled },
  });
}

async function checkEnabled(
  transaction: Transaction,
  access: ProjectAccess,
  { enabled, assignments }: Pick<RuleFields, 'enabled' | 'assignments'>,
  exceptId: string | null,
): Promise<void> {
  if (!enabled) return;
  if (assignments.length === 0) {
    throw new StructuredError(
      'invalid_request',
      'invalid_body',
      'An enabled rule needs an evaluator. Add one, or send enabled: false.',
      { field: 'enabled' },
    );
  }
  const others = await countRules(transaction, access.projectId, {
    enabled: true,
    ...(exceptId && { exceptId }),
  });
  if (others < maxEnabledRules) return;
  throw new ApiError(
    'conflict',
    `This project has ${maxEnabledRules} enabled evaluation rules, the limit. Disable one first.`,
  );
}

/** Throws `not_found`. */
export async function requireRule(
  db: Pick<Transaction, 'select'>,
  access: ProjectAccess,
  id: string,
): Promise<StoredRule> {
  const stored = await findRule(db, access.projectId, id);
  if (stored) return stored;
  throw new ApiError('not_found', `Evaluation rule ${id} not found in this project.`);
}

export const record = (
  transaction: Transaction,
  access: ProjectAccess,
  action: string,
  resourceId: string,
  change: { before?: unknown; after?: unknown },
): Promise<void> =>
  recordChange(transaction, {
    actor: access.actor,
    organizationId: access.organizationId,
    projectId: access.projectId,
    action,
    resourceType: 'evaluation-rule',
    resourceId,
    ...change,
  });
