'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DiscussionComment } from '@tracewell/contract';
import { Button, formatAgo, formatCount, formatLocalTime, Skeleton, toast, useHotkeys } from '@tracewell/ui';
import { Pencil, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { messageOf } from '../../api-client/client-error';
import {
  type CommentedObject,
  deleteComment,
  discussionQuery,
  editComment,
  writeComment,
} from '../../api-client/discussion';
import { Markdown } from '../payload/lazy-viewers';
import { Section } from '../payload/section';
import { CommentEditor } from './comment-editor';
import { showMentions } from './mentions';

interface CommentSectionProps extends CommentedObject {
  projectId: string;
}

/** What people say of one thing, and where to say more; `m` goes there. */
export function CommentSection({ projectId, objectType, objectId }: CommentSectionProps) {
  const queryClient = useQueryClient();
  const query = discussionQuery(projectId, { objectType, objectId });
  const { data, isPending, error } = useQuery(query);
  const field = useRef<HTMLTextAreaElement>(null);
  useHotkeys({ m: () => field.current?.focus() });
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: query.queryKey }),
      queryClient.invalidateQueries({ queryKey: ['project', projectId, 'comment-counts'] }),
    ]);
  const write = useMutation({
    mutationFn: (content: string) => writeComment(projectId, { objectType, objectId, content }),
    onSuccess: refresh,
    onError: (failure, content) =>
      toast.error(`The comment was not saved: ${messageOf(failure)}`, {
        action: { label: 'Try again', onClick: () => write.mutate(content) },
      }),
  });
  const comments = data?.data ?? [];
  return (
    <Section title="Comments" note={comments.length ? formatCount(comments.length) : undefined}>
      {error ? <p className="mb-2 text-xs text-danger">{messageOf(error)}</p> : null}
      {isPending ? <Skeleton className="mb-2 w-40" /> : null}
      {comments.length ? (
        <ul className="mb-2 space-y-2" aria-label="Comments">
          {comments.map((comment) => (
            <Comment key={comment.id} projectId={projectId} comment={comment} onChanged={refresh} />
          ))}
        </ul>
      ) : null}
      <CommentEditor
        projectId={projectId}
        label="New comment"
        action="Comment"
        isBusy={write.isPending}
        onSave={(content) => write.mutate(content)}
        fieldRef={field}
      />
    </Section>
  );
}

interface CommentProps {
  projectId: string;
  comment: DiscussionComment;
  onChanged: () => Promise<unknown>;
}

function Comment({ projectId, comment, onChanged }: CommentProps) {
  const [isEditing, setEditing] = useState(false);
  const options = {
    onSuccess: async () => {
      await onChanged();
      setEditing(false);
    },
    onError: (failure: Error) => toast.error(messageOf(failure)),
  };
  const edit = useMutation({
    mutationFn: (content: string) => editComment(projectId, comment.id, content),
    ...options,
  });
  const remove = useMutation({ mutationFn: () => deleteComment(projectId, comment.id), ...options });
  if (isEditing) {
    return (
      <li>
        <CommentEditor
          projectId={projectId}
          label="Comment"
          initial={comment.content}
          action="Save"
          isBusy={edit.isPending}
          onSave={(content) => edit.mutate(content)}
          onCancel={() => setEditing(false)}
        />
      </li>
    );
  }
  return (
    <li className="group rounded-md border border-line bg-surface px-2.5 py-1.5">
      <div className="flex h-5 items-center gap-2 text-2xs text-ink-faint">
        <span className="truncate text-xs font-medium text-ink">{comment.author?.name ?? 'A program'}</span>
        <span className="shrink-0" title={formatLocalTime(comment.createdAt)}>
          {formatAgo(comment.createdAt)}
          {comment.updatedAt === comment.createdAt ? '' : ', edited'}
        </span>
        {comment.isOwn ? (
          <span className="ml-auto flex shrink-0">
            <Button look="ghost" size="tiny" aria-label="Edit comment" onClick={() => setEditing(true)}>
              <Pencil />
            </Button>
            <Button
              look="ghost"
              size="tiny"
              aria-label="Delete comment"
              disabled={remove.isPending}
              onClick={() => remove.mutate()}
            >
              <Trash2 />
            </Button>
          </span>
        ) : null}
      </div>
      <div className="text-sm break-words">
        <Markdown text={showMentions(comment.content)} />
      </div>
    </li>
  );
}
