'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '@tracewell/ui';
import { type AnnotationTarget, removeScore } from '../../api-client/annotations';
import { messageOf } from '../../api-client/client-error';
import { traceQuery } from '../../api-client/queries';
import type { ScoreSummary, TraceDetail } from '../../api-client/types';

/** What was accepted is in the tables within about a second. */
const arrivalMs = 1_500;

/**
 * Scores of a trace that people change: shown at once, put back when the server refuses, and read again once
 * they have arrived.
 */
export function useAnnotating(projectId: string, { traceId }: AnnotationTarget) {
  const queryClient = useQueryClient();
  const { queryKey } = traceQuery(projectId, traceId);
  const change = (turn: (scores: ScoreSummary[]) => ScoreSummary[]) =>
    queryClient.setQueryData(queryKey, (trace: TraceDetail | undefined) =>
      trace ? { ...trace, scores: turn(trace.scores) } : trace,
    );
  const put = (score: ScoreSummary) =>
    change((scores) => [...scores.filter(({ id }) => id !== score.id), score]);
  const drop = (scoreId: string) => change((scores) => scores.filter(({ id }) => id !== scoreId));
  const readAgain = () =>
    setTimeout(() => void queryClient.invalidateQueries({ queryKey, exact: true }), arrivalMs);

  /** `save` gives the id of what was stored; `score` is what it will look like. */
  const give = useMutation({
    mutationFn: ({ save }: { score: ScoreSummary; save: () => Promise<{ id: string }> }) => save(),
    onMutate: async ({ score }) => {
      await queryClient.cancelQueries({ queryKey, exact: true });
      const before = queryClient.getQueryData(queryKey);
      put(score);
      return { before };
    },
    onSuccess: ({ id }, { score }) => {
      if (score.id !== id) drop(score.id);
      put({ ...score, id });
      readAgain();
    },
    onError: (error, _, context) => {
      if (context?.before) queryClient.setQueryData(queryKey, context.before);
      toast.error(messageOf(error));
    },
  });
  const remove = useMutation({
    mutationFn: (scoreId: string) => removeScore(projectId, scoreId),
    onMutate: async (scoreId) => {
      await queryClient.cancelQueries({ queryKey, exact: true });
      const before = queryClient.getQueryData(queryKey);
      drop(scoreId);
      return { before };
    },
    onSuccess: () => void readAgain(),
    onError: (error, _, context) => {
      if (context?.before) queryClient.setQueryData(queryKey, context.before);
      toast.error(messageOf(error));
    },
  });
  return { give, remove };
}
