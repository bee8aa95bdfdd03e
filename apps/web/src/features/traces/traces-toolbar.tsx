'use client';
import { Button, Tooltip } from '@tracewell/ui';
import { ListFilter, RotateCw } from 'lucide-react';
import type { Ref } from 'react';
import { ColumnMenu } from './column-menu';
import { LiveButton } from './live-button';
import { SearchBox } from './search-box';
import { TimeRangePicker } from './time-range-picker';

interface TracesToolbarProps {
  areFiltersShown: boolean;
  onToggleFilters: () => void;
  q: string;
  onSearch: (q: string) => void;
  searchRef: Ref<HTMLInputElement>;
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

export function TracesToolbar(props: TracesToolbarProps) {
  return (
    <div
      role="toolbar"
      aria-label="Traces"
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
      <SearchBox
        className="min-w-22 flex-1 sm:max-w-120"
        label="Search traces"
        placeholder="Search id, name, user, session, input, output"
        value={props.q}
        onChange={props.onSearch}
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
      <ColumnMenu hidden={props.hidden} onChange={props.onHidden} onReset={props.onResetColumns} />
      <LiveButton
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
