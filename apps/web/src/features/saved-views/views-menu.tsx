'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  Button,
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuSeparator,
  MenuTrigger,
  toast,
} from '@tracewell/ui';
import { Bookmark, BookmarkPlus, Check, Star, Trash2, Users } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { messageOf } from '../../api-client/client-error';
import { deleteSavedView, savedViewsQuery, updateSavedView } from '../../api-client/saved-views';
import type { SavedView } from '../../api-client/types';
import { searchOfView } from './view-search';

const SaveViewDialog = dynamic(() => import('./save-view-dialog').then((module) => module.SaveViewDialog), {
  ssr: false,
});

interface ViewsMenuProps {
  projectId: string;
  table: SavedView['table'];
}

/** The saved views of a table: open one, save what is set now, choose the default, delete. */
export function ViewsMenu({ projectId, table }: ViewsMenuProps) {
  const router = useRouter();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const query = savedViewsQuery(projectId, table);
  const views = useQuery({ ...query, enabled: isOpen });
  const change = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onError: (error) => toast.error(messageOf(error)),
    onSettled: () => client.invalidateQueries(query),
  });
  const here = isOpen ? searchOfView(window.location.search) : '';
  const groups: [string, SavedView[]][] = [
    ['Mine', (views.data?.data ?? []).filter(({ visibility }) => visibility === 'personal')],
    ['Shared by the project', (views.data?.data ?? []).filter(({ visibility }) => visibility === 'shared')],
  ];
  const shown = groups.filter(([, list]) => list.length > 0);
  return (
    <>
      <Menu open={isOpen} onOpenChange={setOpen}>
        <MenuTrigger asChild>
          <Button aria-label="Saved views">
            <Bookmark />
            <span className="max-xl:hidden">Views</span>
          </Button>
        </MenuTrigger>
        <MenuContent align="end" className="w-72">
          {views.isPending ? (
            <MenuLabel>Loading…</MenuLabel>
          ) : views.isError ? (
            <MenuLabel>{messageOf(views.error)}</MenuLabel>
          ) : shown.length === 0 ? (
            <MenuLabel>No saved view yet</MenuLabel>
          ) : (
            shown.map(([label, list]) => (
              <div key={label}>
                <MenuLabel>{label}</MenuLabel>
                {list.map((view) => (
                  <ViewItem
                    key={view.id}
                    view={view}
                    isHere={view.search === here}
                    onOpen={() => router.push(`${window.location.pathname}?${view.search}`)}
                    onDefault={() =>
                      change.mutate(() => updateSavedView(projectId, view.id, { isDefault: !view.isDefault }))
                    }
                    onDelete={() => change.mutate(() => deleteSavedView(projectId, view.id))}
                  />
                ))}
              </div>
            ))
          )}
          <MenuSeparator />
          <MenuItem onSelect={() => setSaving(true)}>
            <BookmarkPlus />
            Save this view…
          </MenuItem>
        </MenuContent>
      </Menu>
      {isSaving ? (
        <SaveViewDialog projectId={projectId} table={table} onClose={() => setSaving(false)} />
      ) : null}
    </>
  );
}

interface ViewItemProps {
  view: SavedView;
  isHere: boolean;
  onOpen: () => void;
  onDefault: () => void;
  onDelete: () => void;
}

function ViewItem({ view, isHere, onOpen, onDefault, onDelete }: ViewItemProps) {
  const about = view.isDefault ? 'No longer open the table with' : 'Open the table with';
  return (
    <div className="group flex items-center">
      <MenuItem className="min-w-0 flex-1" onSelect={onOpen}>
        {isHere ? <Check /> : view.visibility === 'shared' ? <Users /> : <Bookmark />}
        <span className="truncate" title={view.name}>
          {view.name}
        </span>
      </MenuItem>
      <MenuItem
        aria-label={`${about} ${view.name}`}
        title={`${about} it`}
        className="px-1.5"
        onSelect={(event) => {
          event.preventDefault();
          onDefault();
        }}
      >
        <Star className={view.isDefault ? 'fill-current text-accent!' : ''} />
      </MenuItem>
      <MenuItem
        aria-label={`Delete ${view.name}`}
        title="Delete"
        className="px-1.5"
        onSelect={(event) => {
          event.preventDefault();
          onDelete();
        }}
      >
        <Trash2 />
      </MenuItem>
    </div>
  );
}
