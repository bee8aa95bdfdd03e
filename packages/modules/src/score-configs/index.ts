export { createScoreConfig } from './create-score-config';
export { findMissingConfigs, getScoreConfig, listScoreConfigs } from './list-score-configs';
export {
  createScoreConfigLookup,
  type ScoreConfigLookup,
  type ScoreConfigLookupOptions,
} from './score-config-lookup';
export { updateScoreConfig } from './update-score-config';
