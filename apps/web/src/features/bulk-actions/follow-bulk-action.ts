import { formatCount, toast } from '@tracewell/ui';
import { cancelBulkAction, fetchBulkAction, undoBulkAction } from '../../api-client/bulk-actions';
import { isPassing, messageOf } from '../../api-client/client-error';
import type { BulkAction } from '../../api-client/types';

const pollMs = 700;
const maxFailures = 10;
const undoableMs = 30_000;

const isOver = ({ state }: BulkAction) => !['waiting', 'running', 'undoing'].includes(state);

/**
 * Shows an action until it is over, whatever page is open: its progress, Cancel while it waits or runs, Undo where
 * it can be taken back. `onOver` is told each time it has come to an end.
 */
export function followBulkAction(projectId: string, asked: BulkAction, onOver: () => void): void {
  const id = `bulk-action-${asked.id}`;
  const button = (label: string, act: () => Promise<BulkAction>) => ({
    label,
    onClick: (event: { preventDefault: () => void }) => {
      // The notice stays: it shows what becomes of it.
      event.preventDefault();
      act().then(show, (error: unknown) => toast.error(messageOf(error)));
    },
  });
  const show = (action: BulkAction) => {
    const text = describeBulkAction(action);
    const base = { id, description: undefined, action: undefined };
    if (!isOver(action)) {
      toast.loading(text, {
        ...base,
        description: describeGrace(action),
        duration: Number.POSITIVE_INFINITY,
        action:
          action.state === 'undoing'
            ? undefined
            : button('Cancel', () => cancelBulkAction(projectId, action.id)),
      });
    } else if (action.state === 'failed') {
      toast.error(text, {
        ...base,
        description: action.error,
        duration: Number.POSITIVE_INFINITY,
        closeButton: true,
      });
    } else {
      toast.success(text, {
        ...base,
        duration: action.canUndo ? undoableMs : 4_000,
        action: action.canUndo
          ? button('Undo', async () => {
              const undoing = await undoBulkAction(projectId, action.id);
              void follow();
              return undoing;
            })
          : undefined,
      });
    }
  };
  const follow = async () => {
    let shown = '';
    for (let failures = 0; failures < maxFailures; ) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      try {
        const action = await fetchBulkAction(projectId, asked.id);
        failures = 0;
        const now = `${action.state} ${action.done} ${action.canUndo}`;
        if (now !== shown) show(action);
        shown = now;
        if (isOver(action)) return onOver();
      } catch (error) {
        failures += 1;
        if (!isPassing(error)) failures = maxFailures;
        if (failures === maxFailures) {
          const description = messageOf(error);
          toast.error('How far it is cannot be read', {
            id,
            description,
            action: undefined,
            closeButton: true,
          });
        }
      }
    }
  };
  show(asked);
  void follow();
}

const traces = (count: number) => `${formatCount(count)} ${count === 1 ? 'trace' : 'traces'}`;

function describeGrace({ change, state, startsAt, createdAt }: BulkAction): string | undefined {
  if (change.kind !== 'delete' || state !== 'waiting') return undefined;
  // Both are the server's: the clock of this computer may be another.
  const seconds = Math.round((Date.parse(startsAt) - Date.parse(createdAt)) / 1_000);
  return `They stay if you cancel within ${seconds} s. After that they are gone for good.`;
}

/** One line about where it stands. */
export function describeBulkAction({ change, state, total, done }: BulkAction): string {
  const isDeletion = change.kind === 'delete';
  switch (state) {
    case 'waiting':
      return isDeletion ? `About to delete ${traces(total)}` : `About to add ${traces(total)} to the queue`;
    case 'running':
      return `${isDeletion ? 'Deleting' : 'Adding to the queue'}: ${formatCount(done)} of ${traces(total)}`;
    case 'done':
      return isDeletion ? `Deleted ${traces(done)}` : `Added ${traces(done)} to the queue`;
    case 'cancelled':
      if (done === 0) return isDeletion ? 'Cancelled: nothing was deleted' : 'Cancelled: nothing was added';
      return `Cancelled after ${formatCount(done)} of ${traces(total)}`;
    case 'failed':
      return `Stopped after ${formatCount(done)} of ${traces(total)}`;
    case 'undoing':
      return 'Taking them out of the queue';
    case 'undone':
      return 'Undone: the queue is as it was';
  }
}
