'use client';
import { useQuery } from '@tanstack/react-query';
import { Button, Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger } from '@tracewell/ui';
import { ListPlus } from 'lucide-react';
import { useState } from 'react';
import { annotationQueuesQuery } from '../../api-client/bulk-actions';
import { messageOf } from '../../api-client/client-error';

interface QueueMenuProps {
  projectId: string;
  isBusy: boolean;
  onChoose: (queueId: string) => void;
}

export function QueueMenu({ projectId, isBusy, onChoose }: QueueMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const queues = useQuery({ ...annotationQueuesQuery(projectId), enabled: isOpen });
  return (
    <Menu open={isOpen} onOpenChange={setOpen}>
      <MenuTrigger asChild>
        <Button look="ghost" className="h-6 px-1.5" disabled={isBusy}>
          <ListPlus />
          Add to annotation queue
        </Button>
      </MenuTrigger>
      <MenuContent className="max-w-80">
        {queues.isPending ? (
          <MenuLabel>Loading…</MenuLabel>
        ) : queues.isError ? (
          <MenuLabel>{messageOf(queues.error)}</MenuLabel>
        ) : queues.data.data.length === 0 ? (
          <MenuLabel>This project has no annotation queue yet</MenuLabel>
        ) : (
          queues.data.data.map((queue) => (
            <MenuItem key={queue.id} onSelect={() => onChoose(queue.id)}>
              <span className="truncate">{queue.name}</span>
            </MenuItem>
          ))
        )}
      </MenuContent>
    </Menu>
  );
}
