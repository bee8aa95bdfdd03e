'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  Button,
  ConfirmDialog,
  CopyButton,
  EmptyNotice,
  ErrorNotice,
  formatAgo,
  formatLocalTime,
  Skeleton,
  toast,
} from '@tracewell/ui';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { deleteApiKey } from '../../api-client/account';
import { messageOf } from '../../api-client/client-error';
import { apiKeysQuery } from '../../api-client/queries';
import type { ApiKey } from '../../api-client/types';
import { ScreenHeader } from '../shell/screen-header';
import { CreateApiKeyDialog } from './create-api-key-dialog';

export function ApiKeysScreen({ projectId }: { projectId: string }) {
  const client = useQueryClient();
  const keys = useQuery(apiKeysQuery(projectId));
  const [isCreating, setCreating] = useState(false);
  const [doomed, setDoomed] = useState<ApiKey | null>(null);
  const remove = useMutation({
    mutationFn: (key: ApiKey) => deleteApiKey(projectId, key.id),
    onSuccess: (_, key) => {
      toast(`${key.publicKey} is deleted`);
      setDoomed(null);
      return client.invalidateQueries(apiKeysQuery(projectId));
    },
    onError: (error) => toast.error(messageOf(error)),
  });
  return (
    <>
      <ScreenHeader title="Settings" />
      <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
        <div className="mx-auto max-w-4xl px-4 py-6">
          <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
            <div>
              <h1 className="text-base font-semibold">API keys</h1>
              <p className="max-w-[60ch] text-ink-muted">
                What applications sign in with to send and read this project's data. Anyone who has a secret
                key can do both.
              </p>
            </div>
            <Button look="solid" size="md" onClick={() => setCreating(true)}>
              <Plus /> Create key
            </Button>
          </div>
          {keys.isError ? (
            <ErrorNotice
              title="The API keys could not be loaded"
              message={messageOf(keys.error)}
              onRetry={() => keys.refetch()}
            />
          ) : keys.data?.data.length === 0 ? (
            <EmptyNotice title="No API key yet" className="h-48 rounded-lg border border-line">
              <p>Create one to send traces from your application.</p>
            </EmptyNotice>
          ) : (
            <div className="overflow-x-auto rounded-lg border border-line">
              <table className="w-full min-w-160 text-left">
                <thead className="bg-canvas text-2xs text-ink-muted">
                  <tr>
                    {['Note', 'Public key', 'Secret key', 'Created', 'Last used'].map((label) => (
                      <th key={label} className="h-8 px-3 font-medium">
                        {label}
                      </th>
                    ))}
                    <th className="w-10">
                      <span className="sr-only">Actions</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {keys.isPending
                    ? [0, 1].map((row) => (
                        <tr key={row} className="h-10 border-t border-line">
                          {[0, 1, 2, 3, 4, 5].map((cell) => (
                            <td key={cell} className="px-3">
                              <Skeleton className="w-24" />
                            </td>
                          ))}
                        </tr>
                      ))
                    : keys.data.data.map((key) => (
                        <ApiKeyRow key={key.id} apiKey={key} onDelete={() => setDoomed(key)} />
                      ))}
                </tbody>
              </table>
            </div>
          )}
        </div>
      </div>
      {isCreating ? <CreateApiKeyDialog projectId={projectId} onClose={() => setCreating(false)} /> : null}
      <ConfirmDialog
        open={doomed !== null}
        onOpenChange={(open) => !open && setDoomed(null)}
        title="Delete this API key?"
        description={
          <>
            Applications that use <span className="ident text-ink">{doomed?.publicKey}</span> can no longer
            send or read from this moment on. This cannot be undone; traces already stored stay.
          </>
        }
        action="Delete key"
        busy={remove.isPending}
        onConfirm={() => doomed && remove.mutate(doomed)}
      />
    </>
  );
}

function ApiKeyRow({ apiKey, onDelete }: { apiKey: ApiKey; onDelete: () => void }) {
  return (
    <tr className="h-10 border-t border-line">
      <td className="max-w-56 truncate px-3">
        {apiKey.note || <span className="text-ink-faint">No note</span>}
      </td>
      <td className="px-3">
        <span className="flex items-center gap-1 whitespace-nowrap">
          <span className="ident max-w-80 truncate">{apiKey.publicKey}</span>
          <CopyButton text={apiKey.publicKey} what="public key" />
        </span>
      </td>
      <td className="px-3 whitespace-nowrap">
        <span className="ident text-ink-muted">{apiKey.displaySecretKey}</span>
      </td>
      <td className="px-3 whitespace-nowrap text-ink-muted" title={formatLocalTime(apiKey.createdAt)}>
        {formatAgo(apiKey.createdAt)}
      </td>
      <td
        className="px-3 whitespace-nowrap text-ink-muted"
        title={apiKey.lastUsedAt ? formatLocalTime(apiKey.lastUsedAt) : undefined}
      >
        {apiKey.lastUsedAt ? formatAgo(apiKey.lastUsedAt) : 'Never'}
      </td>
      <td className="pr-2">
        <Button look="ghost" size="icon" aria-label={`Delete ${apiKey.publicKey}`} onClick={onDelete}>
          <Trash2 />
        </Button>
      </td>
    </tr>
  );
}
