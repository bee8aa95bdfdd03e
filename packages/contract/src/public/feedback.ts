import { z } from 'zod';
import { defineOperation } from '../operation';
import { storableText } from '../storable-text';

export const feedbackBody = z.object({
  targetType: z.enum(['skill', 'mcp-tool', 'cli', 'docs', 'public-api', 'other']),
  target: storableText(200).trim().min(1),
  feedback: storableText(3_000).trim().min(1),
  goal: storableText(1_500).trim().min(1).nullish(),
  referenceUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullish(),
});

export const submitFeedback = defineOperation({
  id: 'submitFeedback',
  method: 'POST',
  path: '/api/public/feedback',
  scope: 'feedback:submit',
  tag: 'Feedback',
  summary: 'Leaves a word about a tool, page or endpoint for those who run this installation.',
  body: feedbackBody,
  responses: { 201: z.object({ id: z.string() }) },
});
