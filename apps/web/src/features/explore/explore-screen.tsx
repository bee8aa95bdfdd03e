'use client';
import {
  DataGrid,
  type GridHandle,
  isTextList,
  toast,
  useElementSize,
  useHotkeys,
  useStoredState,
} from '@tracewell/ui';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { messageOf } from '../../api-client/client-error';
import { BulkBar } from '../bulk-actions/bulk-bar';
import { PickingContext, pickColumn } from '../bulk-actions/pick-column';
import { useBulkActions } from '../bulk-actions/use-bulk-actions';
import { type ComparedRegion, decodeRegion, encodeRegion } from '../differences/compared-region';
import { FirstTrace } from '../onboarding/first-trace';
import { useDefaultView } from '../saved-views/use-default-view';
import { ScreenHeader } from '../shell/screen-header';
import { ExploreBody } from './explore-body';
import { ExploreHistogram, useExploreHistogram } from './explore-histogram';
import { ExploreToolbar } from './explore-toolbar';
import type { ExploredTable, ExploreRow } from './explored-table';
import { FacetSidebar } from './facet-sidebar';
import { loadTraceView, PeekPanel } from './peek-panel';
import { narrowTo } from './search-context';
import { SummaryLine } from './summary-line';
import { TableSwitch } from './table-switch';
import { encodeBetween } from './time-range';
import { useExploreList } from './use-explore-list';
import { defaultRange, useExploreState } from './use-explore-state';
import { useProjectIsEmpty } from './use-project-is-empty';
import { useSelection } from './use-selection';

const DifferencesPanel = dynamic(
  () => import('../differences/differences-panel').then((module) => module.DifferencesPanel),
  { ssr: false },
);

const isWidths = (value: unknown): value is Record<string, number> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((width) => typeof width === 'number');
const noWidths = {};
const narrowPx = 720;
const isFailed = (row: ExploreRow) => row.level === 'ERROR';
const keyOf = (row: ExploreRow) => row.key;

interface ExploreScreenProps<Row extends ExploreRow> {
  projectId: string;
  table: ExploredTable<Row>;
}

/** A table of the explorer: search, facets, strip, rows, and what was opened beside them. */
export function ExploreScreen<Row extends ExploreRow>({ projectId, table }: ExploreScreenProps<Row>) {
  const router = useRouter();
  useDefaultView(projectId, table.name);
  const { state, setState } = useExploreState(table.orders);
  const { range, selection, generation, reload } = useSelection(state.range, defaultRange, state.q);
  const [isFollowing, setFollowing] = useState(true);
  const [isAtTop, setAtTop] = useState(true);
  const [cursor, setCursor] = useState<string | null>(openedKey(table, state));
  const [isRangeOpen, setRangeOpen] = useState(false);
  const [areFiltersWanted, setFiltersWanted] = useStoredState('tracewell.filters-shown', true, isShown);
  /** On a phone they lie over the table, so they start closed there. */
  const [areFiltersOver, setFiltersOver] = useState(false);
  const [rememberedHidden, setRememberedHidden] = useStoredState(
    `tracewell.hidden-columns-${table.name}`,
    table.defaultHidden,
    isTextList,
  );
  const hidden = state.hide ?? rememberedHidden;
  const [widths, setWidths] = useStoredState<Record<string, number>>(
    `tracewell.column-widths-${table.name}`,
    noWidths,
    isWidths,
  );
  const grid = useRef<GridHandle>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const { ref: roomRef, width: roomWidth } = useElementSize();
  const isNarrow = roomWidth > 0 && roomWidth < narrowPx;
  const areFiltersShown = isNarrow ? areFiltersOver : areFiltersWanted;
  const toggleFilters = () =>
    isNarrow ? setFiltersOver(!areFiltersOver) : setFiltersWanted(!areFiltersWanted);

  const hindrance = range.to
    ? 'Not live: the time range has an end.'
    : state.sort !== table.orders[0]
      ? 'Not live: only with the newest first.'
      : null;
  const isLive = isFollowing && !hindrance;
  const list = useExploreList({
    projectId,
    table,
    selection,
    orderBy: state.sort,
    generation,
    isLive,
    mayMove: isAtTop && state.peek === null,
    onReload: reload,
  });
  const { rows } = list;
  const histogram = useExploreHistogram({ projectId, table, selection, generation, isLive });
  const hasNothing = !list.isLoading && !list.isStale && !list.error && rows.length === 0;
  const emptiness = useProjectIsEmpty(projectId, hasNothing);

  const columns = useMemo(
    () => [
      ...(table.hasBulkActions ? [pickColumn] : []),
      ...table.columns(state.sort, (sort) => void setState({ sort: sort === table.orders[0] ? null : sort })),
    ],
    [table, state.sort, setState],
  );
  const cursorIndex = cursor === null ? -1 : rows.findIndex((row) => row.key === cursor);

  const open = useCallback(
    (row: Row) => {
      if (table.pageOf) return router.push(table.pageOf(projectId, row));
      const opened = table.opens(row);
      if (!opened) return;
      const { traceId, observationId } = opened;
      void setState(
        { peek: traceId, observation: observationId },
        { history: state.peek === null ? 'push' : 'replace' },
      );
    },
    [table, projectId, router, setState, state.peek],
  );
  const closePeek = useCallback(() => {
    void setState({ peek: null, observation: null });
    grid.current?.focus();
  }, [setState]);
  const step = (by: number) => {
    const index = Math.max(0, Math.min(rows.length - 1, cursorIndex < 0 ? 0 : cursorIndex + by));
    const row = rows[index];
    if (!row) return;
    setCursor(row.key);
    grid.current?.scrollToRow(index);
    if (state.peek !== null) open(row);
  };
  const showNewest = () => {
    list.showPending();
    grid.current?.scrollToTop();
  };
  useHotkeys({
    j: () => step(1),
    k: () => step(-1),
    arrowdown: () => step(1),
    arrowup: () => step(-1),
    enter: () => {
      const row = rows[cursorIndex];
      if (row) open(row);
    },
    o: () => {
      const row = rows[cursorIndex];
      if (row && table.pageOf) return open(row);
      const id = state.peek ?? (row && table.opens(row)?.traceId);
      if (id) router.push(`/project/${encodeURIComponent(projectId)}/traces/${encodeURIComponent(id)}`);
    },
    escape: () => {
      if (state.peek === null) return false;
      closePeek();
    },
    '/': () => searchField.current?.focus(),
    f: toggleFilters,
    r: () => setRangeOpen(true),
    '.': showNewest,
  });
  const bulk = useBulkActions({
    projectId,
    isEnabled: table.hasBulkActions,
    rows,
    cursor,
    place: `${state.range} ${state.q}`,
    selection,
    onChanged: reload,
  });
  // The back button and links move the open trace too; the cursor goes with it.
  useEffect(() => {
    const key = openedKey(table, { peek: state.peek, observation: state.observation });
    if (key !== null) setCursor(key);
  }, [table, state.peek, state.observation]);
  // What the first click needs is fetched while nobody waits for it.
  useEffect(() => {
    const timer = setTimeout(() => void loadTraceView(), 1500);
    return () => clearTimeout(timer);
  }, []);

  const search = useCallback((q: string) => void setState({ q: q || null }), [setState]);
  const region = table.hasDifferences ? decodeRegion(state.compare) : null;
  const compare = (next: ComparedRegion | null) => void setState({ compare: next && encodeRegion(next) });
  const clearFilters = useCallback(() => search(''), [search]);
  const onObservation = useCallback(
    (observation: string | null) => void setState({ observation }),
    [setState],
  );
  const onTopChange = useCallback((top: boolean) => setAtTop(top), []);
  const onCursor = useCallback((row: Row) => setCursor(row.key), []);

  const isFirst = hasNothing && emptiness.isEmpty === true;
  const wasFirst = useRef(false);
  useEffect(() => {
    if (isFirst) wasFirst.current = true;
    else if (wasFirst.current && (rows.length > 0 || emptiness.isEmpty === false)) {
      wasFirst.current = false;
      toast.success('Your first trace is here');
      reload();
    }
  }, [isFirst, rows.length, emptiness.isEmpty, reload]);
  if (isFirst) {
    return (
      <>
        <ScreenHeader title={table.title} />
        <FirstTrace projectId={projectId} error={emptiness.error} />
      </>
    );
  }
  const isFiltered = Boolean(selection.q);
  return (
    <>
      <ScreenHeader
        title={<TableSwitch projectId={projectId} name={table.name} range={state.range} q={state.q} />}
      >
        <ExploreToolbar
          table={table}
          areFiltersShown={areFiltersShown}
          onToggleFilters={toggleFilters}
          projectId={projectId}
          selection={selection}
          orderBy={state.sort}
          q={state.q}
          onSearch={search}
          searchRef={searchField}
          onLeaveSearch={() => grid.current?.focus()}
          range={state.range}
          onRange={(next) => {
            reload();
            void setState({ range: next === defaultRange ? null : next });
          }}
          isRangeOpen={isRangeOpen}
          onRangeOpenChange={setRangeOpen}
          hidden={hidden}
          onHidden={(hide) => {
            setRememberedHidden(hide);
            void setState({ hide });
          }}
          onResetColumns={() => setWidths({})}
          isFollowing={isFollowing}
          onFollow={setFollowing}
          hindrance={hindrance}
          liveError={describeFailure(list.liveError ?? list.error)}
          onReload={reload}
        />
      </ScreenHeader>
      <div ref={roomRef} className="relative flex min-h-0 flex-1">
        {areFiltersShown ? (
          <div
            className={
              isNarrow
                ? 'absolute inset-y-0 left-0 z-30 shadow-float'
                : roomWidth === 0
                  ? 'max-md:hidden'
                  : ''
            }
          >
            <FacetSidebar
              projectId={projectId}
              table={table}
              selection={selection}
              generation={generation}
              isLive={isLive}
              q={state.q}
              onSearch={search}
            />
          </div>
        ) : null}
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="shrink-0 bg-surface px-2 pt-1.5">
            <ExploreHistogram
              title={table.title}
              isComparable={table.hasDifferences}
              histogram={histogram}
              to={selection.to}
              onSelect={(fromMs, toMs, withShift) =>
                void setState(
                  withShift && table.hasDifferences
                    ? { compare: encodeRegion({ kind: 'time', fromMs, toMs }) }
                    : { range: encodeBetween(fromMs, toMs) },
                  { history: 'push' },
                )
              }
            />
          </div>
          {bulk.picked ? (
            <BulkBar
              projectId={projectId}
              bulk={bulk}
              matching={histogram.data?.data.reduce((sum, bucket) => sum + bucket.count, 0)}
            />
          ) : (
            <SummaryLine
              one={table.one}
              histogram={histogram.data?.data}
              isPending={histogram.isPending}
              error={histogram.error ? messageOf(histogram.error) : null}
              isComparing={region !== null}
              onCompare={
                table.hasDifferences
                  ? () => compare(region ? null : { kind: state.q ? 'search' : 'failed' })
                  : null
              }
            />
          )}
          {region ? (
            <DifferencesPanel
              projectId={projectId}
              selection={selection}
              region={region}
              onRegion={compare}
              onFilter={(field, value, isExcluded) =>
                search(narrowTo(table.catalogue, state.q, field, value, isExcluded))
              }
              onClose={() => compare(null)}
            />
          ) : null}
          <ExploreBody
            one={table.one}
            error={rows.length ? null : list.error}
            onRetry={list.retry}
            isEmpty={hasNothing && emptiness.isEmpty === false}
            isFiltered={isFiltered}
            rangeLabel={range.label}
            latestAt={emptiness.latestAt}
            isStale={list.isStale}
            onClearFilters={clearFilters}
            onWiden={() => void setState({ range: 'all' })}
            pendingCount={isAtTop && state.peek === null ? 0 : list.pendingCount}
            hasGap={list.hasGap}
            onShowPending={showNewest}
          >
            <PickingContext value={bulk.picking}>
              <DataGrid
                label={table.title}
                handle={grid}
                columns={columns}
                rows={rows}
                rowKey={keyOf}
                hidden={hidden}
                widths={widths}
                onWidthsChange={setWidths}
                cursorKey={cursor}
                onCursor={onCursor}
                onOpen={open}
                isMarked={isFailed}
                hasMore={list.hasMore}
                isLoadingMore={list.isLoadingMore}
                onNearEnd={list.loadMore}
                isLoading={list.isLoading || (hasNothing && emptiness.isEmpty === undefined)}
                onTopChange={onTopChange}
                footer={
                  list.error ? (
                    <span className="text-danger">
                      {messageOf(list.error)}{' '}
                      <button type="button" className="underline" onClick={list.retry}>
                        Try again
                      </button>
                    </span>
                  ) : rows.length > 30 ? (
                    `That is all: ${range.label.toLowerCase()}.`
                  ) : null
                }
              />
            </PickingContext>
          </ExploreBody>
        </div>
        {state.peek !== null && roomWidth > 0 ? (
          <PeekPanel
            projectId={projectId}
            traceId={state.peek}
            roomWidth={roomWidth}
            observationId={state.observation}
            onObservation={onObservation}
            onClose={closePeek}
            onStep={step}
            onDeleted={() => {
              closePeek();
              reload();
            }}
          />
        ) : null}
      </div>
    </>
  );
}

const describeFailure = (error: unknown) => (error ? messageOf(error) : null);

const isShown = (value: unknown): value is boolean => typeof value === 'boolean';

/** The row of what stands open, as the address has it. */
const openedKey = <Row extends ExploreRow>(
  table: ExploredTable<Row>,
  { peek, observation }: { peek: string | null; observation: string | null },
): string | null => (peek === null ? null : table.keyOf({ traceId: peek, observationId: observation }));
