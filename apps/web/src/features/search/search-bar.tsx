'use client';
import { type FieldCatalogue, parseSearch, SearchError } from '@tracewell/domain/search/index';
import { Button, cn, Input, Kbd } from '@tracewell/ui';
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { Selection } from '../../api-client/types';
import { optionId, SearchOptions } from './search-options';
import { SearchProblem } from './search-problem';
import { type FetchFacets, type SearchOption, useSearchOptions } from './use-search-options';

interface SearchBarProps {
  projectId: string;
  catalogue: FieldCatalogue;
  fetchFacets: FetchFacets;
  /** The query in force. */
  value: string;
  /** A query that can be understood, after a short rest or on Enter. */
  onChange: (query: string) => void;
  /** The time range whose values are offered. */
  selection: Selection;
  inputRef: RefObject<HTMLInputElement | null>;
  /** Escape, or Enter: the reader is done typing. */
  onLeave: () => void;
  label: string;
  className?: string;
}

const maxQueryChars = 4_000;
const restMs = 250;
/** An error of what is half typed is no error yet. */
const patienceMs = 900;

/** The search language, with completion of fields and of values that were seen, and errors that point. */
export function SearchBar(props: SearchBarProps) {
  const { projectId, catalogue, fetchFacets, value, onChange, selection, inputRef, onLeave, label } = props;
  const [text, setText] = useState(value);
  const [cursor, setCursor] = useState(value.length);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [problem, setProblem] = useState<{ query: string; error: SearchError } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Where the cursor goes once the text is drawn. */
  const nextCursor = useRef<number | null>(null);
  const ids = { list: useId(), problem: useId() };

  useEffect(() => {
    setText((typed) => (typed.trim() === value ? typed : value));
    setProblem(null);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (nextCursor.current === null) return;
    inputRef.current?.setSelectionRange(nextCursor.current, nextCursor.current);
    nextCursor.current = null;
  });

  const { options } = useSearchOptions({
    projectId,
    query: text,
    cursor,
    catalogue,
    fetchFacets,
    selection,
    isOpen,
  });
  const isListShown = isOpen && options.length > 0;

  /** Whether the query could be taken. */
  const take = (query: string): boolean => {
    clearTimeout(timer.current);
    const error = errorIn(query, catalogue);
    setProblem(error && { query, error });
    if (error) return false;
    if (query.trim() !== value) onChange(query.trim());
    return true;
  };
  const type = (query: string, at: number) => {
    setText(query);
    setCursor(at);
    setActive(-1);
    setProblem(null);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => take(query), errorIn(query, catalogue) ? patienceMs : restMs);
  };
  const choose = (option: SearchOption) => {
    nextCursor.current = option.cursor;
    type(option.query, option.cursor);
    setOpen(true);
    inputRef.current?.focus();
  };
  const leave = () => {
    setOpen(false);
    setActive(-1);
    onLeave();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const chosen = isListShown ? options[active] : undefined;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (!isListShown) {
          setOpen(true);
          break;
        }
        setActive(stepped(active, event.key === 'ArrowDown' ? 1 : -1, options.length));
        break;
      case 'Tab': {
        const option = chosen ?? (isListShown && isTypedHalf(text, cursor) ? options[0] : undefined);
        if (!option || event.shiftKey) {
          setOpen(false);
          return;
        }
        choose(option);
        break;
      }
      case 'Enter':
        if (chosen) choose(chosen);
        else if (take(text)) leave();
        else setOpen(false);
        break;
      case 'Escape':
        if (isListShown) setOpen(false);
        else leave();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  const readCursor = () => setCursor(inputRef.current?.selectionStart ?? text.length);

  return (
    <search className={cn('relative min-w-0', props.className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-ink-faint"
      />
      <Input
        ref={inputRef}
        type="text"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={isListShown}
        aria-controls={ids.list}
        aria-activedescendant={isListShown && active >= 0 ? optionId(ids.list, active) : undefined}
        aria-invalid={problem !== null && !isListShown}
        aria-describedby={problem && !isListShown ? ids.problem : undefined}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        maxLength={maxQueryChars}
        value={text}
        placeholder="Search: refund level:ERROR latency:>2s -user:ann"
        className={cn('pr-7 pl-7', problem && !isListShown && 'border-danger')}
        onChange={(event) => {
          setOpen(true);
          type(event.target.value, event.target.selectionStart ?? event.target.value.length);
        }}
        onKeyDown={onKeyDown}
        onKeyUp={readCursor}
        onClick={() => {
          readCursor();
          setOpen(true);
        }}
        onBlur={() => setOpen(false)}
      />
      <span className="absolute top-1/2 right-1 grid -translate-y-1/2 place-items-center">
        {text ? (
          <Button
            look="ghost"
            size="tiny"
            aria-label="Clear search"
            onClick={() => {
              type('', 0);
              take('');
            }}
          >
            <X />
          </Button>
        ) : (
          <span className="mr-0.5 max-sm:hidden">
            <Kbd>/</Kbd>
          </span>
        )}
      </span>
      {isListShown ? (
        <SearchOptions
          id={ids.list}
          options={options}
          active={active}
          onChoose={choose}
          onActive={setActive}
        />
      ) : null}
      {problem && !isListShown ? (
        <SearchProblem
          id={ids.problem}
          query={problem.query}
          problem={problem.error}
          onMend={(query) => {
            setText(query);
            take(query);
            inputRef.current?.focus();
          }}
        />
      ) : null}
    </search>
  );
}

function errorIn(query: string, catalogue: FieldCatalogue): SearchError | null {
  try {
    parseSearch(query, { catalogue, now: Date.now() * 1_000 });
    return null;
  } catch (error) {
    if (error instanceof SearchError) return error;
    throw error;
  }
}

/** Round and round, by way of none. */
const stepped = (active: number, by: number, count: number): number =>
  ((active + 1 + by + count + 1) % (count + 1)) - 1;

/** Tab completes a word that was begun; else it goes on to the next control, as it does everywhere. */
const isTypedHalf = (text: string, cursor: number): boolean => /[^\s()]$/.test(text.slice(0, cursor));
