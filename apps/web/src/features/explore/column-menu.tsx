'use client';
import {
  Button,
  Menu,
  MenuCheckboxItem,
  MenuContent,
  MenuItem,
  MenuSeparator,
  MenuTrigger,
} from '@tracewell/ui';
import { Columns3 } from 'lucide-react';

interface ColumnMenuProps {
  choices: readonly { id: string; label: string }[];
  defaultHidden: string[];
  hidden: string[];
  onChange: (hidden: string[]) => void;
  onReset: () => void;
}

export function ColumnMenu({ choices, defaultHidden, hidden, onChange, onReset }: ColumnMenuProps) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button aria-label="Columns">
          <Columns3 />
          <span className="max-xl:hidden">Columns</span>
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        {choices.map(({ id, label }) => (
          <MenuCheckboxItem
            key={id}
            checked={!hidden.includes(id)}
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={(shown) =>
              onChange(shown ? hidden.filter((other) => other !== id) : [...hidden, id])
            }
          >
            {label}
          </MenuCheckboxItem>
        ))}
        <MenuSeparator />
        <MenuItem
          onSelect={() => {
            onChange(defaultHidden);
            onReset();
          }}
        >
          Reset columns and widths
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
