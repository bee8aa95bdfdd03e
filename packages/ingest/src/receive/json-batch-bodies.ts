import { observationLevels, observationTypes } from '@tracewell/domain';
import {
  type Body,
  checkBoolean,
  checkId,
  checkMap,
  checkMetadata,
  checkOneOf,
  checkSafe,
  checkTags,
  checkText,
  checkTime,
  type Issues,
  isAbsent,
  maxLabelChars,
  maxProseChars,
  maxTraceNameChars,
  show,
} from './json-batch-checks';

/** Bodies of traces and observations. Every field may be left out or null; `environment` is never wrong. */

export function checkTraceBody(issues: Issues, body: Body): void {
  checkTime(issues, 'timestamp', body.timestamp);
  checkText(issues, 'name', body.name, maxTraceNameChars);
  checkText(issues, 'externalId', body.externalId, maxLabelChars);
  checkText(issues, 'sessionId', body.sessionId, maxLabelChars);
  checkText(issues, 'userId', body.userId, maxLabelChars);
  checkText(issues, 'release', body.release, maxLabelChars);
  checkText(issues, 'version', body.version, maxLabelChars);
  checkBoolean(issues, 'public', body.public);
  checkTags(issues, 'tags', body.tags);
  checkMetadata(issues, 'metadata', body.metadata);
}

/** One check for all kinds: what only generations have may stand in any of them, and is kept. */
export function checkObservationBody(issues: Issues, body: Body): void {
  checkId(issues, 'traceId', body.traceId);
  checkId(issues, 'parentObservationId', body.parentObservationId);
  checkText(issues, 'name', body.name, maxLabelChars);
  checkTime(issues, 'startTime', body.startTime);
  checkTime(issues, 'endTime', body.endTime);
  checkTime(issues, 'completionStartTime', body.completionStartTime);
  checkOneOf(issues, 'level', body.level, observationLevels);
  checkText(issues, 'statusMessage', body.statusMessage, maxProseChars);
  checkText(issues, 'version', body.version, maxLabelChars);
  checkMetadata(issues, 'metadata', body.metadata);
  checkText(issues, 'model', body.model, maxLabelChars);
  checkMap(issues, 'modelParameters', body.modelParameters);
  checkPrompt(issues, body);
  checkUsage(issues, body.usage);
  checkUsageDetails(issues, body.usageDetails);
  checkCostDetails(issues, body.costDetails);
}

/** Events that name no kind say it in the body. */
export function checkObservationType(issues: Issues, body: Body): void {
  if (isAbsent(body.type)) issues.add('type', `is missing; set one of ${observationTypes.join(', ')}`);
  else checkOneOf(issues, 'type', body.type, observationTypes);
}

const maxPromptVersion = 2 ** 32 - 1;

function checkPrompt(issues: Issues, { promptName, promptVersion }: Body): void {
  checkText(issues, 'promptName', promptName, maxLabelChars);
  if (isAbsent(promptName) !== isAbsent(promptVersion)) {
    issues.add('promptVersion', 'goes together with promptName; set both or neither');
  }
  if (isAbsent(promptVersion)) return;
  const isVersion = Number.isInteger(promptVersion) && (promptVersion as number) >= 0;
  if (!isVersion || (promptVersion as number) > maxPromptVersion) {
    issues.add(
      'promptVersion',
      `must be an integer from 0 to ${maxPromptVersion}, is ${show(promptVersion)}`,
    );
  }
}

const usageUnits = ['CHARACTERS', 'TOKENS', 'MILLISECONDS', 'SECONDS', 'IMAGES', 'REQUESTS'];
const usageCounts = ['input', 'output', 'total', 'promptTokens', 'completionTokens', 'totalTokens'];
const usageCosts = ['inputCost', 'outputCost', 'totalCost'];

function checkUsage(issues: Issues, usage: unknown): void {
  if (!checkMap(issues, 'usage', usage)) return;
  for (const key of usageCounts) {
    const count = usage[key];
    if (isAbsent(count)) continue;
    if (!Number.isInteger(count)) issues.add(`usage.${key}`, `must be an integer, is ${show(count)}`);
    else checkSafe(issues, `usage.${key}`, count as number);
  }
  for (const key of usageCosts) {
    const cost = usage[key];
    if (isAbsent(cost)) continue;
    if (typeof cost !== 'number')
      issues.add(`usage.${key}`, `must be a number of US dollars, is ${show(cost)}`);
    else checkSafe(issues, `usage.${key}`, cost);
  }
  checkOneOf(issues, 'usage.unit', usage.unit, usageUnits);
}

function checkUsageDetails(issues: Issues, details: unknown): void {
  if (!checkMap(issues, 'usageDetails', details)) return;
  for (const [key, value] of Object.entries(details)) {
    const path = `usageDetails.${key}`;
    if (typeof value === 'number') checkSafe(issues, path, value);
    else if (typeof value === 'string' && /^\d+$/.test(value)) checkSafe(issues, path, Number(value));
    else if (typeof value === 'object' && value !== null) {
      for (const [part, count] of Object.entries(value)) {
        if (typeof count === 'number') checkSafe(issues, `${path}.${part}`, count);
      }
    }
  }
}

function checkCostDetails(issues: Issues, details: unknown): void {
  if (!checkMap(issues, 'costDetails', details)) return;
  for (const [key, value] of Object.entries(details)) {
    if (typeof value === 'number') checkSafe(issues, `costDetails.${key}`, value);
  }
}
