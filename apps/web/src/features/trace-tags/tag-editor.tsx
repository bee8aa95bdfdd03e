'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Popover, PopoverContent, PopoverTrigger, toast, useHotkeys } from '@tracewell/ui';
import { Tag, X } from 'lucide-react';
import { useId, useState } from 'react';
import { tagTrace } from '../../api-client/annotations';
import { messageOf } from '../../api-client/client-error';
import { traceQuery } from '../../api-client/queries';
import { fetchTraceFacets } from '../../api-client/traces';
import type { TraceDetail } from '../../api-client/types';

const maxTagChars = 1_000;
const offered = 20;

/** Adds tags to a trace, completed from those that the project has, and takes them away; `#` opens it. */
export function TagEditor({ projectId, trace }: { projectId: string; trace: TraceDetail }) {
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const listId = useId();
  useHotkeys({ '#': () => setOpen(true) });
  const { queryKey } = traceQuery(projectId, trace.id);
  const show = (tags: string[]) =>
    queryClient.setQueryData(queryKey, (known: TraceDetail | undefined) =>
      known ? { ...known, tags } : known,
    );
  const change = useMutation({
    mutationFn: (changes: { add?: string[]; remove?: string[] }) => tagTrace(projectId, trace.id, changes),
    onMutate: async ({ add = [], remove = [] }) => {
      await queryClient.cancelQueries({ queryKey, exact: true });
      show([...new Set([...trace.tags, ...add])].filter((tag) => !remove.includes(tag)).sort());
      return { before: trace.tags };
    },
    onError: (error, _, context) => {
      if (context) show(context.before);
      toast.error(messageOf(error));
    },
  });
  const seen = useQuery({
    queryKey: ['project', projectId, 'tags-seen', text],
    queryFn: ({ signal }) =>
      fetchTraceFacets(projectId, { field: 'tags', search: text, limit: offered }, signal),
    enabled: isOpen,
    staleTime: 60_000,
  });
  const add = () => {
    const tag = text.trim();
    if (!tag || change.isPending) return;
    if (!trace.tags.includes(tag)) change.mutate({ add: [tag] });
    setText('');
  };
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button look="ghost" size="tiny" aria-label="Edit tags" title="Edit tags (#)">
          <Tag />
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-72 max-w-[calc(100vw-2rem)] space-y-2 p-3">
        <Input
          aria-label="New tag"
          placeholder="Add a tag"
          list={listId}
          maxLength={maxTagChars}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add();
          }}
        />
        <datalist id={listId}>
          {seen.data?.data
            .filter(({ value }) => !trace.tags.includes(value))
            .map(({ value }) => (
              <option key={value} value={value} />
            ))}
        </datalist>
        <ul aria-label="Tags" className="flex max-h-48 flex-wrap gap-1 overflow-y-auto">
          {trace.tags.map((tag) => (
            <li
              key={tag}
              className="inline-flex h-6 max-w-full items-center gap-0.5 rounded border border-line pl-1.5 text-xs"
            >
              <span className="truncate">{tag}</span>
              <Button
                look="ghost"
                size="tiny"
                aria-label={`Take away the tag ${tag}`}
                disabled={change.isPending}
                onClick={() => change.mutate({ remove: [tag] })}
              >
                <X />
              </Button>
            </li>
          ))}
        </ul>
        {trace.tags.length === 0 ? <p className="text-xs text-ink-muted">No tags yet.</p> : null}
      </PopoverContent>
    </Popover>
  );
}
