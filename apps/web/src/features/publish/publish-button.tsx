'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  Button,
  CopyButton,
  Input,
  Popover,
  PopoverContent,
  PopoverTrigger,
  toast,
  useHotkeys,
} from '@tracewell/ui';
import { Globe } from 'lucide-react';
import { useState } from 'react';
import { setTracePublic } from '../../api-client/annotations';
import { messageOf } from '../../api-client/client-error';
import { traceQuery } from '../../api-client/queries';
import type { TraceDetail } from '../../api-client/types';

export const publishedPath = (projectId: string, traceId: string): string =>
  `/published/${encodeURIComponent(projectId)}/traces/${encodeURIComponent(traceId)}`;

/** Shows a trace to everybody with its link, and takes that back; `shift+p` opens it. */
export function PublishButton({ projectId, trace }: { projectId: string; trace: TraceDetail }) {
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const { queryKey } = traceQuery(projectId, trace.id);
  useHotkeys({ 'shift+p': () => setOpen(true) });
  const publish = useMutation({
    mutationFn: (isPublic: boolean) => setTracePublic(projectId, trace.id, isPublic),
    onSuccess: (_, isPublic) => {
      queryClient.setQueryData(queryKey, (known: TraceDetail | undefined) =>
        known ? { ...known, public: isPublic } : known,
      );
      toast(isPublic ? 'Everybody with the link can read this trace' : 'The link opens nothing any more');
    },
    onError: (error) => toast.error(messageOf(error)),
  });
  const link = isOpen ? window.location.origin + publishedPath(projectId, trace.id) : '';
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          look="ghost"
          size="icon"
          aria-label={trace.public ? 'Published: link' : 'Publish by link'}
          title={trace.public ? 'Published: everybody with the link reads it' : 'Publish by link'}
          pressed={trace.public}
        >
          <Globe />
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-80 max-w-[calc(100vw-2rem)] space-y-2 p-3">
        <p className="text-sm font-medium">{trace.public ? 'Published by link' : 'Publish by link'}</p>
        <p className="text-xs text-ink-muted">
          Everybody with the link reads this trace and its observations, without signing in. Scores, comments,
          the user and the session stay in the project.
        </p>
        {trace.public ? (
          <div className="flex items-center gap-1">
            <Input readOnly aria-label="Link" value={link} onFocus={(event) => event.target.select()} />
            <CopyButton text={link} what="link" />
          </div>
        ) : null}
        <Button
          look={trace.public ? 'outline' : 'solid'}
          disabled={publish.isPending}
          onClick={() => publish.mutate(!trace.public)}
        >
          {publish.isPending ? 'Working…' : trace.public ? 'Take back' : 'Publish'}
        </Button>
      </PopoverContent>
    </Popover>
  );
}
