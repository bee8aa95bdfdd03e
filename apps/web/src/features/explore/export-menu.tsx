'use client';
import { Button, Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger } from '@tracewell/ui';
import { Download } from 'lucide-react';
import { traceExportUrl } from '../../api-client/traces';
import type { Selection } from '../../api-client/types';

const formats = [
  ['csv', 'CSV, for spreadsheets'],
  ['json', 'JSON, one array'],
  ['jsonl', 'JSON lines'],
  ['parquet', 'Parquet'],
] as const;

interface ExportMenuProps {
  projectId: string;
  selection: Selection;
  orderBy: string;
}

/** Everything the search means, with inputs and outputs whole, written to disk while it is read. */
export function ExportMenu({ projectId, selection, orderBy }: ExportMenuProps) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button aria-label="Export">
          <Download />
          <span className="max-xl:hidden">Export</span>
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuLabel>All traces of this search, as</MenuLabel>
        {formats.map(([format, label]) => (
          <MenuItem key={format} asChild>
            <a href={traceExportUrl(projectId, { ...selection, orderBy, format })} download>
              {label}
            </a>
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
}
