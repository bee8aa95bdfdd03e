import { expect, it } from 'vitest';
import { readPreview } from './read-preview';

it.each([
  ['Hi\n  there', 'Hi there'],
  ['{"messages":[{"role":"user","content":"What is \\"x\\"?\\nTell"}]}', 'What is "x"? Tell'],
  ['[{"role":"user","content":[{"type":"text","text":"Look at th', 'Look at th'],
  ['[{"content":"cut in an escape \\u00', 'cut in an escape'],
  ['{"question":"Why?"}', '{"question":"Why?"}'],
  ['{"content":""}', '{"content":""}'],
])('%s', (preview, text) => expect(readPreview(preview)).toBe(text));
