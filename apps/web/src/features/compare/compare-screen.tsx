'use client';
import { useQuery } from '@tanstack/react-query';
import { Button, EmptyNotice, ErrorNotice, Input, Skeleton } from '@tracewell/ui';
import { parseAsString, useQueryState } from 'nuqs';
import { messageOf } from '../../api-client/client-error';
import { traceQuery } from '../../api-client/queries';
import { ScreenHeader } from '../shell/screen-header';
import { ComparedTraces } from './compared-traces';

/** Two traces side by side: `?left=&right=` are their ids. */
export function CompareScreen({ projectId }: { projectId: string }) {
  const [leftId, setLeftId] = useQueryState('left', parseAsString);
  const [rightId, setRightId] = useQueryState('right', parseAsString);
  const left = useQuery({ ...traceQuery(projectId, leftId ?? ''), enabled: Boolean(leftId) });
  const right = useQuery({ ...traceQuery(projectId, rightId ?? ''), enabled: Boolean(rightId) });
  const failed = left.isError ? left : right.isError ? right : null;
  return (
    <>
      <ScreenHeader title="Compare traces" />
      <div className="min-h-0 flex-1 overflow-auto">
        {!leftId || !rightId ? (
          <EmptyNotice title="Two traces are compared by their ids">
            <form
              className="flex flex-wrap items-center justify-center gap-2"
              onSubmit={(event) => {
                event.preventDefault();
                const given = new FormData(event.currentTarget);
                void setLeftId(String(given.get('left')).trim() || null);
                void setRightId(String(given.get('right')).trim() || null);
              }}
            >
              <Input
                name="left"
                aria-label="Id of the left trace"
                placeholder="left trace"
                defaultValue={leftId ?? ''}
                required
              />
              <Input
                name="right"
                aria-label="Id of the right trace"
                placeholder="right trace"
                defaultValue={rightId ?? ''}
                required
              />
              <Button type="submit">Compare</Button>
            </form>
          </EmptyNotice>
        ) : left.data && right.data ? (
          <ComparedTraces projectId={projectId} left={left.data} right={right.data} />
        ) : failed ? (
          <ErrorNotice
            title={`The ${failed === left ? 'left' : 'right'} trace could not be loaded`}
            message={messageOf(failed.error)}
            onRetry={() => failed.refetch()}
          />
        ) : (
          <div className="space-y-4 p-4" aria-busy="true">
            <Skeleton className="w-1/2" />
            <Skeleton className="h-40 w-full" />
          </div>
        )}
      </div>
    </>
  );
}
