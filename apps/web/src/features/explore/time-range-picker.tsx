'use client';
import { Button, cn, formatLocalTime, Input, Popover, PopoverContent, PopoverTrigger } from '@tracewell/ui';
import { Clock } from 'lucide-react';
import { useState } from 'react';
import { parseTimeRange } from './time-range';

const presets = [
  { range: '15m', label: '15 minutes' },
  { range: '1h', label: '1 hour' },
  { range: '6h', label: '6 hours' },
  { range: '24h', label: '24 hours' },
  { range: '3d', label: '3 days' },
  { range: '7d', label: '7 days' },
  { range: '30d', label: '30 days' },
  { range: 'today', label: 'Today' },
  { range: 'yesterday', label: 'Yesterday' },
  { range: 'this week', label: 'This week' },
  { range: 'all', label: 'All time' },
];

interface TimeRangePickerProps {
  value: string;
  onChange: (range: string) => void;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Type a range or pick one. What was typed is read back before it is taken. */
export function TimeRangePicker({ value, onChange, open, onOpenChange }: TimeRangePickerProps) {
  const [text, setText] = useState('');
  const now = new Date();
  const current = parseTimeRange(value, now);
  const typed = text.trim() ? parseTimeRange(text, now) : null;
  const choose = (range: string) => {
    onChange(range);
    onOpenChange(false);
    setText('');
  };
  return (
    <Popover open={open} onOpenChange={onOpenChange}>
      <PopoverTrigger asChild>
        <Button aria-label={`Time range: ${current?.label ?? value}`}>
          <Clock />
          <span className="max-w-44 truncate">{current?.label ?? 'Time range'}</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-76">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed) choose(text.trim());
          }}
        >
          <Input
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder="25m, yesterday, nov 3, 14:00 - 15:30"
            aria-label="Type a time range"
            aria-invalid={Boolean(text.trim()) && !typed}
            aria-describedby="range-reading"
          />
          <p id="range-reading" aria-live="polite" className="mt-1 min-h-9 px-1 text-2xs text-ink-muted">
            {!text.trim()
              ? 'Relative, a day, or two moments with “-” or “to” between. Your time zone.'
              : typed
                ? `${typed.from ? formatLocalTime(typed.from.toISOString()).slice(0, 19) : 'The beginning'} to ${typed.to ? formatLocalTime(typed.to.toISOString()).slice(0, 19) : 'now'}. Press Enter.`
                : 'Not a range yet. Examples: 25m, last 2 hours, 2026-11-03, nov 1 to nov 3.'}
          </p>
        </form>
        <div className="mt-1 grid grid-cols-3 gap-1">
          {presets.map(({ range, label }) => (
            <button
              key={range}
              type="button"
              aria-pressed={range === value}
              onClick={() => choose(range)}
              className={cn(
                'h-7 rounded-md px-2 text-left text-xs text-ink-muted hover:bg-hover hover:text-ink',
                range === value && 'bg-active font-medium text-ink',
              )}
            >
              {label}
            </button>
          ))}
        </div>
      </PopoverContent>
    </Popover>
  );
}
