import { applyScoreConfig } from '../enrich/apply-score-config';
import type { FoldedEntity } from '../fold';
import type { ScoreConfigs } from '../receive/score-config';

/** The configs that scores of a project name; throws when they cannot be known now. */
export type ScoreConfigsOf = (projectId: string, ids: ReadonlySet<string>) => Promise<ScoreConfigs>;

interface Folded {
  key: { projectId: string };
  folded: FoldedEntity;
}

/** The same entities, with what the configs of scores tell them. Asks nothing when no score names a config. */
export async function configureScores<Fold extends Folded>(
  scoreConfigsOf: ScoreConfigsOf | undefined,
  folds: readonly Fold[],
): Promise<readonly Fold[]> {
  const named = new Map<string, Set<string>>();
  for (const { key, folded } of folds) {
    if (folded.kind !== 'score' || folded.score.configId === '') continue;
    const ids = named.get(key.projectId) ?? new Set();
    named.set(key.projectId, ids.add(folded.score.configId));
  }
  if (!scoreConfigsOf || named.size === 0) return folds;
  const known = new Map<string, ScoreConfigs>();
  for (const [projectId, ids] of named) known.set(projectId, await scoreConfigsOf(projectId, ids));
  return folds.map((fold) => {
    const { key, folded } = fold;
    if (folded.kind !== 'score') return fold;
    const config = known.get(key.projectId)?.get(folded.score.configId);
    return config
      ? { ...fold, folded: { kind: 'score', score: applyScoreConfig(folded.score, config) } }
      : fold;
  });
}
