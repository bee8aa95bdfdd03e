export { createPrompt } from './create-prompt';
export { deletePrompt } from './delete-prompt';
export { findPromptIds, type PromptIdOf } from './find-prompt-ids';
export { getPrompt } from './get-prompt';
export { hasPromptVersion } from './has-prompt-version';
export { listPrompts } from './list-prompts';
export { productionLabel } from './prompt';
export { listProtectedLabels, protectLabel, unprotectLabel } from './protected-labels';
export { updatePromptVersion } from './update-prompt-version';
