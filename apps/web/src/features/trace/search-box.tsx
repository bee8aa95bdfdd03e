'use client';
import { Button, cn, Input, Kbd } from '@tracewell/ui';
import { Search, X } from 'lucide-react';
import { type Ref, useEffect, useRef, useState } from 'react';

interface SearchBoxProps {
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
  label: string;
  inputRef?: Ref<HTMLInputElement>;
  /** Escape, or Enter: the reader is done typing. */
  onLeave?: () => void;
  className?: string;
  /** Milliseconds without typing before it is taken. */
  delayMs?: number;
}

/** A search field with `/` as its key; takes what was typed after a short rest, or at once on Enter. */
export function SearchBox(props: SearchBoxProps) {
  const { value, onChange, delayMs = 250 } = props;
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    setText(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const take = (next: string) => {
    clearTimeout(timer.current);
    if (next !== value) onChange(next);
  };
  return (
    <div className={cn('relative min-w-0', props.className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-ink-faint"
      />
      <Input
        ref={props.inputRef}
        type="text"
        role="searchbox"
        spellCheck={false}
        autoComplete="off"
        maxLength={500}
        value={text}
        aria-label={props.label}
        placeholder={props.placeholder}
        className="pr-7 pl-7"
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onChange(next.trim()), delayMs);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') take(text.trim());
          else if (event.key !== 'Escape') return;
          event.preventDefault();
          props.onLeave?.();
        }}
      />
      <span className="absolute top-1/2 right-1 grid -translate-y-1/2 place-items-center">
        {text ? (
          <Button
            look="ghost"
            size="tiny"
            aria-label="Clear search"
            onClick={() => {
              setText('');
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
    </div>
  );
}
