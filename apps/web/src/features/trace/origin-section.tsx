'use client';
import { CopyButton, formatLocalTime } from '@tracewell/ui';
import type { ObservationDetail } from '../../api-client/types';
import { Section } from '../payload/section';

/** Who recorded it and when: what one needs when it looks wrong. */
export function OriginSection({ observation }: { observation: ObservationDetail }) {
  const sdk = [observation.ingestionSdkName, observation.ingestionSdkVersion].filter(Boolean).join(' ');
  const scope = [observation.scopeName, observation.scopeVersion].filter(Boolean).join(' ');
  const facts: [string, string, boolean?][] = [
    ['Observation', observation.id, true],
    ['Trace', observation.traceId, true],
    ['Parent', observation.parentObservationId ?? '', true],
    ['Started', formatLocalTime(observation.startTime)],
    ['Ended', observation.endTime ? formatLocalTime(observation.endTime) : ''],
    ['Received', formatLocalTime(observation.createdAt)],
    [
      'Changed',
      observation.updatedAt === observation.createdAt ? '' : formatLocalTime(observation.updatedAt),
    ],
    ['Environment', observation.environment],
    ['Version', observation.version],
    ['Release', observation.release],
    ['Service', observation.serviceName],
    ['Instrumentation', scope],
    ['SDK', sdk],
    ['Came through', observation.source],
  ];
  return (
    <Section title="Origin">
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-xs">
        {facts.map(([label, value, isId]) =>
          value ? (
            <div key={label} className="contents">
              <dt className="text-ink-muted">{label}</dt>
              <dd className="flex min-w-0 items-center gap-1">
                <span className={isId ? 'ident truncate' : 'truncate'}>{value}</span>
                {isId ? <CopyButton text={value} what={`${label.toLowerCase()} id`} /> : null}
              </dd>
            </div>
          ) : null,
        )}
      </dl>
    </Section>
  );
}
