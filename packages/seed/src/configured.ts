import type { PromptVersion, ScoreConfig } from './plan';
import { systemPrompts } from './stories/support-texts';
import { triageInstructions } from './stories/ticket-triage';

/** What people of the demo project set up. Versions of a prompt in their order: the first is 1. */
export const configuredPrompts: PromptVersion[] = [
  ...systemPrompts.map(
    (system, n): PromptVersion => ({
      name: 'support/answer',
      type: 'chat',
      prompt: [
        { role: 'system', content: `${system}\n\n{{articles}}` },
        { role: 'user', content: '{{question}}' },
      ],
      labels: n === 1 ? ['production'] : [],
      tags: ['support'],
      config: { model: n === 1 ? 'claude-haiku-4-5' : 'gpt-4o-mini', temperature: 0.3 },
      commitMessage:
        n === 1 ? 'Answers in the language of the question, promises no refunds' : 'First version',
    }),
  ),
  {
    name: 'support/rewrite-question',
    type: 'text',
    prompt:
      'Rewrite the last question so that it stands alone. Answer with the question only.\n\n{{question}}',
    labels: ['production'],
    tags: ['support'],
    config: { model: 'gpt-4.1-mini', temperature: 0 },
    commitMessage: 'First version',
  },
  ...[
    'Sort the message: {{message}}',
    `${triageInstructions}\n\n{{message}}`,
    `${triageInstructions} When in doubt between two categories, take the one that costs the customer more if it waits.\n\n{{message}}`,
  ].map(
    (prompt, n): PromptVersion => ({
      name: 'triage/classify',
      type: 'text',
      prompt,
      labels: n === 2 ? ['production'] : [],
      tags: ['batch'],
      config: { temperature: 0 },
      commitMessage: ['First version', 'Asks for JSON', 'Says what to do when in doubt'][n]!,
    }),
  ),
  {
    name: 'meter/read-digits',
    type: 'text',
    prompt: 'Read the counter on the photograph of the {{kind}} meter. Answer with JSON.',
    labels: ['production'],
    tags: ['image'],
    config: { model: 'gemini-2.5-flash', temperature: 0 },
    commitMessage: 'First version',
  },
];

export const configuredScores: ScoreConfig[] = [
  {
    name: 'tone',
    dataType: 'CATEGORICAL',
    description: 'How an answer sounds to the person who reads it',
    categories: [
      { label: 'friendly', value: 2 },
      { label: 'too long', value: 1 },
      { label: 'too vague', value: 0 },
    ],
  },
  { name: 'helpful', dataType: 'BOOLEAN', description: 'Was the customer helped?' },
  {
    name: 'groundedness',
    dataType: 'NUMERIC',
    description: 'The share of an answer that the handbook bears out',
    minValue: 0,
    maxValue: 1,
  },
];
