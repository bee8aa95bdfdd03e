import { z } from 'zod';
import { defineOperation } from '../operation';
import { promptLabel } from '../public/prompts';

const path = '/api/v1/projects/{projectId}/protected-prompt-labels';
const tag = 'Prompts';
const projectId = z.string().min(1);

export const listProtectedPromptLabels = defineOperation({
  id: 'listProtectedPromptLabels',
  method: 'GET',
  path,
  scope: 'prompts:read',
  tag,
  summary: 'Labels that need a right of their own to be put on another version.',
  params: z.object({ projectId }),
  responses: { 200: z.object({ data: z.array(z.string()) }) },
});

export const protectPromptLabel = defineOperation({
  id: 'protectPromptLabel',
  method: 'PUT',
  path: `${path}/{label}`,
  scope: 'prompts:protect-labels',
  tag,
  summary: 'Protects a label, in all prompts of the project.',
  params: z.object({ projectId, label: promptLabel }),
  responses: { 200: z.object({ success: z.literal(true) }) },
});

export const unprotectPromptLabel = defineOperation({
  id: 'unprotectPromptLabel',
  method: 'DELETE',
  path: `${path}/{label}`,
  scope: 'prompts:protect-labels',
  tag,
  summary: 'Lets everybody who may change prompts move a label again.',
  params: z.object({ projectId, label: promptLabel }),
  responses: { 200: z.object({ success: z.literal(true) }) },
});
