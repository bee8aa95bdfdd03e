'use client';
import { useMutation } from '@tanstack/react-query';
import { toast } from '@tracewell/ui';
import { createBulkAction } from '../../api-client/bulk-actions';
import { messageOf } from '../../api-client/client-error';
import type { BulkChange, Selection } from '../../api-client/types';
import { followBulkAction } from './follow-bulk-action';
import { usePicking } from './use-picking';

interface BulkActionsInput {
  projectId: string;
  isEnabled: boolean;
  rows: readonly { key: string }[];
  cursor: string | null;
  place: string;
  /** What “all that match” means. */
  selection: Selection;
  /** The table may have changed. */
  onChanged: () => void;
}

export type BulkActions = ReturnType<typeof useBulkActions>;

/** The picked rows of a table, and what is asked to be done with them. */
export function useBulkActions(input: BulkActionsInput) {
  const { projectId, selection, onChanged } = input;
  const { picking, isAll, setAll, clear } = usePicking(input);
  const asking = useMutation({
    mutationFn: (change: BulkChange) =>
      createBulkAction(projectId, {
        target: isAll ? selection : { traceIds: [...picking.keys] },
        change,
      }),
    onSuccess: (action) => {
      clear();
      followBulkAction(projectId, action, onChanged);
    },
    onError: (error) => toast.error(messageOf(error)),
  });
  return {
    picking,
    picked: picking.keys.size,
    isAll,
    setAll,
    clear,
    isBusy: asking.isPending,
    ask: asking.mutate,
  };
}
