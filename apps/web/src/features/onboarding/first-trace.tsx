'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  Button,
  ErrorNotice,
  Skeleton,
  Tabs,
  TabsContent,
  TabsList,
  TabsTrigger,
  toast,
} from '@tracewell/ui';
import { useMemo, useState } from 'react';
import { createApiKey } from '../../api-client/account';
import { messageOf } from '../../api-client/client-error';
import { apiKeysQuery } from '../../api-client/queries';
import { CodeBlock } from './code-block';
import { makeSnippets, randomId } from './snippets';

const hiddenSecret = 'YOUR_SECRET_KEY';

/** An empty project: how to send a trace with this project's key, while the screen watches for the first one. */
export function FirstTrace({ projectId, error }: { projectId: string; error: unknown }) {
  const client = useQueryClient();
  const keys = useQuery(apiKeysQuery(projectId));
  const create = useMutation({
    mutationFn: () => createApiKey(projectId, 'Made on the first-trace page'),
    onSuccess: () => client.invalidateQueries(apiKeysQuery(projectId)),
    onError: (error) => toast.error(messageOf(error)),
  });
  const [moment] = useState(() => ({ id: randomId(), now: new Date().toISOString() }));
  const publicKey = create.data?.publicKey ?? keys.data?.data[0]?.publicKey;
  const secretKey = create.data?.secretKey ?? hiddenSecret;
  const snippets = useMemo(
    () =>
      publicKey === undefined
        ? null
        : makeSnippets({ host: window.location.origin, publicKey, secretKey, ...moment }),
    [publicKey, secretKey, moment],
  );
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
      <div className="mx-auto max-w-3xl space-y-4 px-4 py-8 sm:py-12">
        <div>
          <h1 className="text-lg font-semibold tracking-tight">Send your first trace</h1>
          <p className="mt-1 text-ink-muted">
            Run one of these. Any Langfuse SDK and any OpenTelemetry exporter works; an application that
            already uses one needs only this address and these keys.
          </p>
        </div>
        {keys.isError ? (
          <ErrorNotice
            className="h-auto"
            title="The project's API keys could not be loaded"
            message={messageOf(keys.error)}
            onRetry={() => keys.refetch()}
          />
        ) : keys.isPending ? (
          <Skeleton className="h-48 w-full" />
        ) : snippets === null ? (
          <div className="rounded-md border border-line p-4">
            <p>This project has no API key yet.</p>
            <Button look="solid" className="mt-2" disabled={create.isPending} onClick={() => create.mutate()}>
              Create a key
            </Button>
          </div>
        ) : (
          <>
            <Tabs defaultValue="python">
              <TabsList className="px-0">
                {snippets.map(({ id, label }) => (
                  <TabsTrigger key={id} value={id}>
                    {label}
                  </TabsTrigger>
                ))}
              </TabsList>
              {snippets.map(({ id, label, install, code }) => (
                <TabsContent key={id} value={id} className="mt-3 min-h-52 space-y-2">
                  {install ? <CodeBlock code={install} what="install command" /> : null}
                  <CodeBlock code={code} what={`${label} code`} />
                </TabsContent>
              ))}
            </Tabs>
            <div className="flex flex-wrap items-center gap-2 text-ink-muted">
              {create.data ? (
                <p className="text-ok">
                  A new key is filled in above. Its secret is shown only now: copy it before you leave.
                </p>
              ) : (
                <>
                  <p>
                    The public key is yours; put its secret key in place of{' '}
                    <code className="ident text-ink">{hiddenSecret}</code>, or
                  </p>
                  <Button disabled={create.isPending} onClick={() => create.mutate()}>
                    {create.isPending ? 'Creating…' : 'Create a new key and fill it in'}
                  </Button>
                </>
              )}
            </div>
          </>
        )}
        <div
          className="flex items-center gap-2.5 rounded-md border border-line bg-canvas px-3 py-2.5"
          role="status"
        >
          <span aria-hidden className="size-2 animate-pulse rounded-full bg-ok" />
          {error
            ? `Cannot look for it: ${messageOf(error)}`
            : 'Waiting for the first trace. This page notices by itself.'}
        </div>
      </div>
    </div>
  );
}
