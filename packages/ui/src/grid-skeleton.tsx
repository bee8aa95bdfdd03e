import type { CSSProperties } from 'react';

interface GridSkeletonProps {
  columnIds: string[];
  rowCount: number;
  rowHeightPx: number;
}

const barPx = 12;
const barWidths = [
  [75, 50, 83],
  [40, 67, 58],
  [92, 60, 75],
] as const;

/**
 * Rows that stand in for those to come. They are drawn as the background of one element a column: an element a
 * cell was half of what a cold load of the table had to style.
 */
export function GridSkeleton({ columnIds, rowCount, rowHeightPx }: GridSkeletonProps) {
  return (
    <div
      role="presentation"
      className="flex"
      style={{
        height: rowCount * rowHeightPx,
        backgroundImage: `linear-gradient(transparent ${rowHeightPx - 1}px, var(--line) 0)`,
        backgroundSize: `100% ${rowHeightPx}px`,
      }}
    >
      {columnIds.map((id, index) => (
        <span key={id} className="flex shrink-0 animate-pulse px-2" style={{ width: `var(--w-${id})` }}>
          <span
            className="flex-1"
            style={drawBars(barWidths[index % barWidths.length] ?? barWidths[0], rowHeightPx)}
          />
        </span>
      ))}
    </div>
  );
}

/** Bars of these widths (in percent), one below the other, over and over. */
function drawBars(widths: readonly number[], rowHeightPx: number): CSSProperties {
  const before = (rowHeightPx - barPx) / 2;
  const after = before + barPx;
  const bar = `linear-gradient(transparent ${before}px, var(--hover) ${before}px ${after}px, transparent ${after}px)`;
  return {
    backgroundImage: widths.map(() => bar).join(', '),
    backgroundSize: widths.map((width) => `${width}% ${widths.length * rowHeightPx}px`).join(', '),
    backgroundPosition: widths.map((_, row) => `0 ${row * rowHeightPx}px`).join(', '),
    backgroundRepeat: 'repeat-y',
  };
}
