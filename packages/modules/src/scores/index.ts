export { deleteScore } from './delete-score';
export { getScoreV1, getScoreV2 } from './get-score';
export { listScoresV1, listScoresV2 } from './list-scores';
export { listScoresV3 } from './list-scores-by-cursor';
export { toScoreV1, toScoreV3 } from './score-wire';
