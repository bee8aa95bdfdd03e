'use client';
import type { SearchError } from '@tracewell/domain/search/index';

interface SearchProblemProps {
  id: string;
  query: string;
  problem: SearchError;
  /** The query with a suggestion in place of what is wrong. */
  onMend: (query: string) => void;
}

/** What is wrong with the query, shown at its place, and what may have been meant. */
export function SearchProblem({ id, query, problem, onMend }: SearchProblemProps) {
  const { start, end } = problem.place;
  const wrong = query.slice(start, end);
  return (
    <div
      id={id}
      role="status"
      className="absolute top-full left-0 z-40 mt-1 w-full min-w-72 rounded-lg border border-danger/40 bg-surface p-2 text-xs shadow-float"
    >
      <p className="truncate font-mono text-2xs text-ink-muted" aria-hidden>
        {query.slice(Math.max(0, start - 24), start)}
        <span className="text-danger underline decoration-wavy underline-offset-2">{wrong || '␣'}</span>
        {query.slice(end, end + 24)}
      </p>
      <p className="mt-1">
        {problem.reason}
        {problem.suggestions.length > 0 ? ' Did you mean' : ''}
      </p>
      {problem.suggestions.length > 0 ? (
        <p className="mt-1.5 flex gap-1.5">
          {problem.suggestions.map((suggestion) => {
            const isNameOfField = suggestion.endsWith(':') && query[end] === ':';
            const text = isNameOfField ? suggestion.slice(0, -1) : suggestion;
            return (
              <button
                key={suggestion}
                type="button"
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => onMend(query.slice(0, start) + text + query.slice(end))}
                className="h-6 rounded-md border border-line px-2 font-mono text-2xs hover:bg-hover"
              >
                {suggestion}
              </button>
            );
          })}
        </p>
      ) : null}
    </div>
  );
}
