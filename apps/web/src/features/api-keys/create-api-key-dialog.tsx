'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, CopyButton, Dialog, Input, Label } from '@tracewell/ui';
import { useState } from 'react';
import { createApiKey } from '../../api-client/account';
import { messageOf } from '../../api-client/client-error';
import { apiKeysQuery } from '../../api-client/queries';
import { CodeBlock } from '../onboarding/code-block';
import { makeEnvLines } from '../onboarding/snippets';

/** Asks for a note, then shows the secret: the one time it can be seen. */
export function CreateApiKeyDialog({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const create = useMutation({
    mutationFn: () => createApiKey(projectId, note.trim()),
    onSuccess: () => client.invalidateQueries(apiKeysQuery(projectId)),
  });
  const made = create.data;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={made ? 'Your new API key' : 'Create an API key'}
      description={
        made ? 'The secret key is shown this once. Copy it now; it cannot be looked up later.' : undefined
      }
      className="max-w-xl"
    >
      {made ? (
        <div className="mt-4 space-y-3">
          <KeyLine label="Public key" value={made.publicKey} />
          <KeyLine label="Secret key" value={made.secretKey} />
          <div className="space-y-1">
            <p className="text-xs font-medium text-ink-muted">For your .env file</p>
            <CodeBlock
              code={makeEnvLines(window.location.origin, made.publicKey, made.secretKey)}
              what="environment lines"
            />
          </div>
          <div className="flex justify-end">
            <Button look="solid" size="md" onClick={onClose}>
              I have copied it
            </Button>
          </div>
        </div>
      ) : (
        <form
          className="mt-4 space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate();
          }}
        >
          <div className="space-y-1">
            <Label htmlFor="key-note">Note</Label>
            <Input
              id="key-note"
              autoFocus
              maxLength={200}
              placeholder="Which application uses it"
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </div>
          <p role="alert" className="min-h-5 text-danger">
            {create.isError ? messageOf(create.error) : ''}
          </p>
          <div className="flex justify-end gap-2">
            <Button size="md" onClick={onClose}>
              Cancel
            </Button>
            <Button look="solid" size="md" type="submit" disabled={create.isPending}>
              {create.isPending ? 'Creating…' : 'Create key'}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

const KeyLine = ({ label, value }: { label: string; value: string }) => (
  <div className="space-y-1">
    <p className="text-xs font-medium text-ink-muted">{label}</p>
    <div className="flex h-8 items-center rounded-md border border-line bg-sunken pr-1 pl-2.5">
      <span className="ident min-w-0 flex-1 truncate select-all">{value}</span>
      <CopyButton text={value} what={label.toLowerCase()} />
    </div>
  </div>
);
