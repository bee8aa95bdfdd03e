'use client';
import { Button, ConfirmDialog, formatCount } from '@tracewell/ui';
import { Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { QueueMenu } from './queue-menu';
import type { BulkActions } from './use-bulk-actions';

interface BulkBarProps {
  projectId: string;
  bulk: BulkActions;
  /** How many the search means; undefined while that is counted. */
  matching: number | undefined;
}

/** What can be done with the picked rows; it stands where the summary of the table was. */
export function BulkBar({ projectId, bulk, matching }: BulkBarProps) {
  const [isAsking, setAsking] = useState(false);
  const count = bulk.isAll ? matching : bulk.picked;
  const what = bulk.isAll
    ? `all ${matching === undefined ? '' : `${formatCount(matching)} `}traces that match`
    : `${formatCount(bulk.picked)} ${bulk.picked === 1 ? 'trace' : 'traces'}`;
  return (
    <div
      role="toolbar"
      aria-label="Picked traces"
      className="flex h-9 shrink-0 items-center gap-1.5 overflow-x-auto border-b border-line bg-accent/8 px-2.5 text-xs"
    >
      <p role="status" className="mr-1 shrink-0 font-medium whitespace-nowrap tabular-nums">
        {bulk.isAll ? `All${count === undefined ? '' : ` ${formatCount(count)}`}` : formatCount(bulk.picked)}{' '}
        picked
      </p>
      <Button
        look="outline"
        className="h-6 px-1.5"
        pressed={bulk.isAll}
        onClick={() => bulk.setAll(!bulk.isAll)}
      >
        All that match
      </Button>
      <span aria-hidden className="mx-1 h-4 w-px shrink-0 bg-line" />
      <Button look="ghost" className="h-6 px-1.5" disabled={bulk.isBusy} onClick={() => setAsking(true)}>
        <Trash2 />
        Delete
      </Button>
      <QueueMenu
        projectId={projectId}
        isBusy={bulk.isBusy}
        onChoose={(queueId) => bulk.ask({ kind: 'add-to-annotation-queue', queueId })}
      />
      <span className="flex-1" />
      <Button look="ghost" className="h-6 px-1.5" onClick={bulk.clear}>
        <X />
        Clear
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Delete ${what}?`}
        description="Their observations and scores go with them. You can cancel for a few seconds; after that nothing brings them back."
        action="Delete traces"
        onConfirm={() => {
          setAsking(false);
          bulk.ask({ kind: 'delete' });
        }}
      />
    </div>
  );
}
