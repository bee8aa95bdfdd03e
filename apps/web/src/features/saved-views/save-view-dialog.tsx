'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Dialog, Input, Label, Segmented } from '@tracewell/ui';
import { useId, useState } from 'react';
import { messageOf } from '../../api-client/client-error';
import { createSavedView, savedViewsQuery } from '../../api-client/saved-views';
import type { SavedView } from '../../api-client/types';
import { searchOfView } from './view-search';

interface SaveViewDialogProps {
  projectId: string;
  table: SavedView['table'];
  onClose: () => void;
}

/** Gives what the table is set to now a name. */
export function SaveViewDialog({ projectId, table, onClose }: SaveViewDialogProps) {
  const client = useQueryClient();
  const ids = { name: useId(), isDefault: useId() };
  const [name, setName] = useState('');
  const [visibility, setVisibility] = useState<SavedView['visibility']>('personal');
  const [isDefault, setDefault] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      createSavedView(projectId, {
        table,
        name: name.trim(),
        search: searchOfView(window.location.search),
        visibility,
        isDefault,
      }),
    onSuccess: async () => {
      await client.invalidateQueries(savedViewsQuery(projectId, table));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Save this view"
      description="Its search, time range, order and columns, under a name."
      className="max-w-md"
    >
      <form
        className="mt-4 space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save.mutate();
        }}
      >
        <div className="space-y-1">
          <Label htmlFor={ids.name}>Name</Label>
          <Input
            id={ids.name}
            autoFocus
            maxLength={100}
            placeholder="Slow answers in production"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="flex items-center justify-between">
          <span className="text-xs font-medium text-ink-muted">Who sees it</span>
          <Segmented
            label="Who sees it"
            value={visibility}
            onChange={setVisibility}
            options={[
              { value: 'personal', label: 'Only me' },
              { value: 'shared', label: 'The project' },
            ]}
          />
        </div>
        <label htmlFor={ids.isDefault} className="flex items-center gap-2 text-sm">
          <input
            id={ids.isDefault}
            type="checkbox"
            checked={isDefault}
            onChange={(event) => setDefault(event.target.checked)}
            className="accent-accent"
          />
          Open the table with it{visibility === 'shared' ? ', for everybody' : ''}
        </label>
        <p role="alert" className="min-h-5 text-sm text-danger">
          {save.isError ? messageOf(save.error) : ''}
        </p>
        <div className="flex justify-end gap-2">
          <Button size="md" onClick={onClose}>
            Cancel
          </Button>
          <Button look="solid" size="md" type="submit" disabled={!name.trim() || save.isPending}>
            {save.isPending ? 'Saving…' : 'Save view'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
