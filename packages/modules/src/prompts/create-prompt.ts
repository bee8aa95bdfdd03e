import { randomUUID } from 'node:crypto';
import { ApiError, type CreatePromptBody, type Prompt } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { checkComposition } from './compose-prompt';
import { findTags } from './dependency-tags';
import { findAmbiguousNames, latestLabel, toPrompt, unique } from './prompt';
import { requireLabels } from './protected-labels';
import { asInvalidRequest, compositionLimits } from './resolve-prompt';
import {
  assignLabels,
  findNextVersion,
  findPrompt,
  findVersion,
  insertPrompt,
  insertVersion,
  lockPrompts,
  updateTags,
} from './store';

/**
 * The first or next version of a prompt. It becomes the newest, and takes its labels from the versions that have
 * them. Throws `invalid_request` when its type is another than before, names in it are ambiguous, or a reference
 * in it (or, by a label that moves, to it) cannot be resolved.
 */
export async function createPrompt(
  { relational: { db } }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  body: CreatePromptBody,
): Promise<Prompt> {
  requireScope(access, 'prompts:create');
  const { name, prompt: content } = body;
  const type = body.type ?? 'text';
  if (body.type === 'chat') refuseAmbiguousNames(body.prompt);
  const dependencies = findTags(content);
  refuseOwnName(name, dependencies);
  const labels = unique([...(body.labels ?? []), latestLabel]);
  const { projectId } = access;

  return db.transaction(async (transaction) => {
    await lockPrompts(transaction, projectId);
    await requireLabels(transaction, access, body.labels ?? []);
    const before = await findPrompt(transaction, projectId, name);
    if (before && before.type !== type) {
      throw new ApiError(
        'invalid_request',
        `Prompt '${name}' is of type ${before.type}; all of its versions are. Give the ${type} prompt another name.`,
      );
    }
    const prompt = before ?? (await insertPrompt(transaction, { id: randomUUID(), projectId, name, type }));
    const tags = body.tags && unique(body.tags);
    if (tags && !isSame(tags, prompt.tags)) await updateTags(transaction, prompt.id, tags);

    const id = randomUUID();
    const version = await findNextVersion(transaction, prompt.id);
    await insertVersion(
      transaction,
      {
        id,
        promptId: prompt.id,
        version,
        content,
        config: body.config ?? {},
        commitMessage: body.commitMessage ?? null,
        createdBy: access.actor.kind === 'user' ? access.actor.id : 'API',
      },
      dependencies,
      projectId,
    );
    await assignLabels(transaction, { id, promptId: prompt.id }, labels);
    const created = (await findVersion(transaction, projectId, name, { version }))!;
    await asInvalidRequest(() => checkComposition(transaction, created));
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'prompts.create',
      resourceType: 'prompt',
      resourceId: id,
      after: {
        name,
        version,
        type,
        labels: created.labels,
        tags: created.tags,
        commitMessage: created.commitMessage,
      },
    });
    return toPrompt(created);
  });
}

const isSame = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((tag, index) => tag === right[index]);

function refuseAmbiguousNames(messages: Parameters<typeof findAmbiguousNames>[0]): void {
  const names = findAmbiguousNames(messages);
  if (names.length === 0) return;
  throw new ApiError(
    'invalid_request',
    `The chat uses ${names.map((name) => `'${name}'`).join(', ')} both as a variable and as a placeholder. Rename one of the two.`,
  );
}

function refuseOwnName(name: string, dependencies: readonly { name: string }[]): void {
  if (dependencies.some((dependency) => dependency.name === name)) {
    throw new ApiError(
      'invalid_request',
      `Prompt '${name}' refers to itself: a version cannot hold another version of its own prompt. Remove the reference.`,
    );
  }
  if (dependencies.length > compositionLimits.references) {
    throw new ApiError(
      'invalid_request',
      `Prompt '${name}' has ${dependencies.length} different references, more than ${compositionLimits.references}. Use fewer.`,
    );
  }
}
