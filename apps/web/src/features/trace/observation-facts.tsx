'use client';
import {
  Badge,
  describeTime,
  formatCompact,
  formatCount,
  formatExactMoney,
  formatMicroseconds,
  formatMoney,
  formatTime,
} from '@tracewell/ui';
import { Clock, Coins, Hash, Timer, Zap } from 'lucide-react';
import type { ObservationNode } from '../../api-client/types';
import { RunMark } from './run-mark';
import { Fact } from './trace-header';

interface ObservationFactsProps {
  observation: ObservationNode;
  /** When anything of the trace was last heard, in epoch milliseconds. */
  lastSignAt: number | null;
  parameters: Record<string, unknown>;
}

const longestParameter = 40;

export function ObservationFacts({ observation, lastSignAt, parameters }: ObservationFactsProps) {
  const { durationUs, completionStartOffsetUs: firstUs, startOffsetUs, usage, cost } = observation;
  const output = Object.entries(usage).reduce(
    (sum, [key, units]) => sum + (key.includes('output') ? units : 0),
    0,
  );
  const input = Object.entries(usage).reduce(
    (sum, [key, units]) => sum + (key.includes('input') ? units : 0),
    0,
  );
  const seconds = (durationUs ?? 0) / 1e6;
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-3 py-2.5">
      {observation.model ? (
        <Badge
          tone="accent"
          title={observation.modelId ? 'Matched with a model price' : 'No price is known for this model'}
        >
          {observation.model}
        </Badge>
      ) : null}
      <Fact
        icon={<Clock />}
        tip={describeTime(observation.startTime).map((line) => <div key={line}>{line}</div>)}
      >
        {formatTime(observation.startTime)}
      </Fact>
      <Fact icon={<Timer />} tip={`Starts ${formatMicroseconds(startOffsetUs)} into the trace`}>
        {durationUs === null ? (
          <RunMark observation={observation} lastSignAt={lastSignAt} />
        ) : (
          formatMicroseconds(durationUs)
        )}
      </Fact>
      {firstUs === null ? null : (
        <Fact icon={<Zap />} tip="Time to first token">
          {formatMicroseconds(firstUs - startOffsetUs)} to first token
        </Fact>
      )}
      {usage.total ? (
        <Fact
          icon={<Hash />}
          tip={
            <>
              {Object.entries(usage).map(([key, units]) => (
                <div key={key}>
                  {key}: {formatCount(units)}
                </div>
              ))}
              {seconds && output ? <div>{(output / seconds).toFixed(1)} output tokens per second</div> : null}
            </>
          }
        >
          {input || output
            ? `${formatCompact(input)} → ${formatCompact(output)} tokens`
            : `${formatCompact(usage.total)} tokens`}
        </Fact>
      ) : null}
      {cost.total ? (
        <Fact
          icon={<Coins />}
          tip={Object.entries(cost).map(([key, dollars]) => (
            <div key={key}>
              {key}: {formatExactMoney(dollars)}
            </div>
          ))}
        >
          {formatMoney(cost.total)}
        </Fact>
      ) : null}
      {observation.promptName ? (
        <Badge>
          Prompt {observation.promptName}
          {observation.promptVersion === null ? '' : ` v${observation.promptVersion}`}
        </Badge>
      ) : null}
      {Object.entries(parameters).map(([name, value]) => {
        const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
        return (
          <Badge key={name} tone="outline" title={`${name}: ${text}`}>
            <span className="text-ink-faint">{name}</span>
            <span className="text-ink">{text.slice(0, longestParameter)}</span>
          </Badge>
        );
      })}
    </div>
  );
}
