import {
  emptyTraceAttributes,
  type Observation,
  type ObservationLevel,
  type ObservationType,
  observationLevels,
  observationTypes,
} from '@tracewell/domain';
import type { StoredEvent } from '../decode/json-batch';
import { eventTypes, traceIdOfObservation } from './event-types';
import {
  contentText,
  isExactNumber,
  readMembers,
  startsArray,
  startsObject,
  startsString,
} from './json-text';
import {
  earliestTimestamp,
  type FoldEvent,
  type FoldEvents,
  firstEnvironment,
  firstText,
  firstTime,
  lastContent,
  lastOf,
  lastText,
  lastTime,
  orderEvents,
  textOf,
} from './merge';
import { mergeMetadata } from './metadata';
import { readCost, readUsage } from './usage';

/** One observation of the set of its events, whatever their order, duplication or spacing. */
export function foldObservation(id: string, received: Iterable<StoredEvent>): Observation {
  const events = orderEvents(received, 'endTime');
  const startTime = firstTime(events, 'startTime') ?? earliestTimestamp(events);
  const endTime = lastTime(events, 'endTime');
  const prompt = lastOf(events, promptOf);
  return {
    id,
    traceId: firstText(events, 'traceId') || traceIdOfObservation(id),
    parentObservationId: lastText(events, 'parentObservationId', 'ignored'),
    isAppRoot: false,
    type: typeOf(events),
    name: lastText(events, 'name', 'empties'),
    startTime,
    endTime: endTime === null ? null : Math.max(startTime, endTime),
    completionStartTime: lastTime(events, 'completionStartTime'),
    level: levelOf(lastText(events, 'level', 'empties')),
    statusMessage: lastText(events, 'statusMessage', 'ignored'),
    environment: firstEnvironment(events),
    version: lastText(events, 'version', 'ignored'),
    release: '',
    input: lastContent(events, 'input'),
    output: lastContent(events, 'output'),
    metadata: mergeMetadata(events),
    trace: emptyTraceAttributes(),
    model: lastText(events, 'model', 'empties'),
    modelParameters: lastOf(events, modelParametersOf) ?? createParameters(),
    promptName: prompt?.name ?? '',
    promptVersion: prompt?.version ?? null,
    providedUsage: lastOf(events, usageOf) ?? Object.create(null),
    providedCost: lastOf(events, costOf) ?? Object.create(null),
    experiment: null,
    instrumentation: {
      serviceName: '',
      serviceVersion: '',
      scopeName: '',
      scopeVersion: '',
      telemetrySdkLanguage: '',
      telemetrySdkName: '',
      telemetrySdkVersion: '',
    },
  };
}

/** Of the first create; of the first event where all are updates. The first of the order is just that. */
function typeOf(events: FoldEvents): ObservationType {
  const { eventType, body } = events[0]!;
  const named = textOf(body.get('type'));
  return (
    eventTypes.get(eventType)?.observationType ?? observationTypes.find((type) => type === named) ?? 'SPAN'
  );
}

const levelOf = (text: string): ObservationLevel =>
  observationLevels.find((level) => level === text) ?? 'DEFAULT';

/** A prompt is named by name and version together or not at all. */
function promptOf(body: FoldEvent['body']): { name: string; version: number } | null {
  const name = textOf(body.get('promptName'));
  const version = parsed(body.get('promptVersion'));
  return name !== null && typeof version === 'number' ? { name, version } : null;
}

const usageOf = (body: FoldEvent['body']) =>
  readUsage(parsed(body.get('usage')), parsed(body.get('usageDetails')));
const costOf = (body: FoldEvent['body']) =>
  readCost(parsed(body.get('usage')), parsed(body.get('costDetails')));

type ModelParameters = Observation['modelParameters'];
const createParameters = (): ModelParameters => Object.create(null);

/** null when there are none: an empty object takes nothing back. */
function modelParametersOf(body: FoldEvent['body']): ModelParameters | null {
  const json = body.get('modelParameters');
  if (json === undefined || !startsObject(json)) return null;
  const members = readMembers(json);
  if (members.size === 0) return null;
  const parameters = createParameters();
  for (const [key, value] of members) parameters[key] = parameterOf(value);
  return parameters;
}

/** Structure as JSON text, and a number that a double would change as its digits. */
function parameterOf(json: string): ModelParameters[string] {
  if (startsString(json) || startsObject(json) || startsArray(json)) return contentText(json);
  const value = JSON.parse(json) as number | boolean | null;
  return typeof value === 'number' && !isExactNumber(json) ? json : value;
}

const parsed = (json: string | undefined): unknown => (json === undefined ? undefined : JSON.parse(json));
