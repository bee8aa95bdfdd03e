'use client';
import { Button, Tooltip } from '@tracewell/ui';
import { ListFilter, RotateCw } from 'lucide-react';
import type { RefObject } from 'react';
import type { Selection } from '../../api-client/types';
import { ViewsMenu } from '../saved-views/views-menu';
import { SearchBar } from '../search/search-bar';
import { ColumnMenu } from './column-menu';
import type { ExploredTable, ExploreRow } from './explored-table';
import { ExportMenu } from './export-menu';
import { LiveButton } from './live-button';
import { TimeRangePicker } from './time-range-picker';

interface ExploreToolbarProps<Row extends ExploreRow> {
  table: ExploredTable<Row>;
  areFiltersShown: boolean;
  onToggleFilters: () => void;
  projectId: string;
  selection: Selection;
  orderBy: string;
  q: string;
  onSearch: (q: string) => void;
  searchRef: RefObject<HTMLInputElement | null>;
  onLeaveSearch: () => void;
  range: string;
  onRange: (range: string) => void;
  isRangeOpen: boolean;
  onRangeOpenChange: (open: boolean) => void;
  hidden: string[];
  onHidden: (hidden: string[]) => void;
  onResetColumns: () => void;
  isFollowing: boolean;
  onFollow: (isFollowing: boolean) => void;
  hindrance: string | null;
  liveError: string | null;
  onReload: () => void;
}

export function ExploreToolbar<Row extends ExploreRow>(props: ExploreToolbarProps<Row>) {
  const { table } = props;
  return (
    <div
      role="toolbar"
      aria-label={table.title}
      className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5 max-lg:min-w-full lg:ml-3"
    >
      <Tooltip content="Filters (f)">
        <Button
          look="ghost"
          size="icon"
          aria-label="Filters"
          pressed={props.areFiltersShown}
          onClick={props.onToggleFilters}
        >
          <ListFilter />
        </Button>
      </Tooltip>
      <SearchBar
        className="min-w-22 flex-1 sm:max-w-160"
        projectId={props.projectId}
        catalogue={table.catalogue}
        fetchFacets={table.fetchFacets}
        label={`Search ${table.title.toLowerCase()}`}
        value={props.q}
        onChange={props.onSearch}
        selection={props.selection}
        inputRef={props.searchRef}
        onLeave={props.onLeaveSearch}
      />
      <TimeRangePicker
        value={props.range}
        onChange={props.onRange}
        open={props.isRangeOpen}
        onOpenChange={props.onRangeOpenChange}
      />
      <span className="flex-1 max-sm:hidden" />
      <ViewsMenu projectId={props.projectId} table={table.name} />
      {table.hasExport ? (
        <ExportMenu projectId={props.projectId} selection={props.selection} orderBy={props.orderBy} />
      ) : null}
      <ColumnMenu
        choices={table.columnChoices}
        defaultHidden={table.defaultHidden}
        hidden={props.hidden}
        onChange={props.onHidden}
        onReset={props.onResetColumns}
      />
      <LiveButton
        one={table.one}
        isOn={props.isFollowing}
        hindrance={props.hindrance}
        error={props.liveError}
        onToggle={() => props.onFollow(!props.isFollowing)}
      />
      <Tooltip content="Read the list anew">
        <Button look="ghost" size="icon" aria-label="Reload" onClick={props.onReload}>
          <RotateCw />
        </Button>
      </Tooltip>
    </div>
  );
}
