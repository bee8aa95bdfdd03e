'use client';
import { useQuery } from '@tanstack/react-query';
import { mentionableQuery } from '../../api-client/discussion';
import type { ScoreSummary } from '../../api-client/types';
import { useShell } from '../shell/shell-context';

/** The name of the member who gave a score; null when that is a program, or somebody unknown. */
export function useScoreAuthor(scores: readonly ScoreSummary[]): (score: ScoreSummary) => string | null {
  const { projectId, session } = useShell();
  const userId = session?.user.id;
  const isOfOthers = scores.some(({ authorUserId }) => authorUserId !== null && authorUserId !== userId);
  const { data } = useQuery({ ...mentionableQuery(projectId, ''), enabled: isOfOthers });
  return ({ authorUserId }) =>
    authorUserId === null
      ? null
      : authorUserId === userId
        ? 'You'
        : (data?.data.find(({ id }) => id === authorUserId)?.name ?? null);
}
