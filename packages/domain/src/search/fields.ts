/**
 * What a query may name. One catalogue a table: the parser, the completion, the docs and the SQL follow from it.
 */
export interface SearchField {
  name: string;
  aliases: readonly string[];
  kind: FieldKind;
  description: string;
  /** Its values are few enough to be counted and offered. */
  hasFacet?: true;
}

/**
 * `text`, `list`: equal to a value, or like a pattern. `payload`: contains, whatever the case. `duration` in
 * seconds, `money` in US dollars. `map`: texts under keys (`metadata.key`). `score`: by name (`score.name`).
 */
export type FieldKind =
  | 'text'
  | 'list'
  | 'payload'
  | 'number'
  | 'duration'
  | 'money'
  | 'time'
  | 'flag'
  | 'map'
  | 'score';

export const numberKinds: ReadonlySet<FieldKind> = new Set(['number', 'duration', 'money']);
export const keyedKinds: ReadonlySet<FieldKind> = new Set(['map', 'score']);

/** By name and by alias, in lower case. */
export interface FieldCatalogue {
  fields: readonly SearchField[];
  byName: ReadonlyMap<string, SearchField>;
}

function catalogue(fields: readonly SearchField[]): FieldCatalogue {
  const byName = new Map<string, SearchField>();
  for (const field of fields) {
    for (const name of [field.name, ...field.aliases]) byName.set(name.toLowerCase(), field);
  }
  return { fields, byName };
}

const of =
  (kind: FieldKind) =>
  (name: string, aliases: readonly string[], description: string): SearchField => ({
    name,
    aliases,
    kind,
    description,
  });
const text = of('text');
const number = of('number');
const withFacet = (field: SearchField): SearchField => ({ ...field, hasFacet: true });

/** Of the traces table. Of an observation's fields, some observation of the trace has it. */
export const traceFields = catalogue([
  withFacet(text('name', [], 'Name of the trace')),
  text('id', ['trace', 'traceId'], 'Id of the trace'),
  withFacet(text('userId', ['user'], 'Who used the application')),
  withFacet(text('sessionId', ['session'], 'Session the trace is part of')),
  withFacet(of('list')('tags', ['tag'], 'Tags of the trace')),
  withFacet(text('environment', ['env'], 'Environment, such as production')),
  withFacet(text('version', [], 'Version of the application')),
  withFacet(text('release', [], 'Release of the application')),
  withFacet(text('level', [], 'Most severe level: DEBUG, DEFAULT, WARNING or ERROR')),
  withFacet(of('list')('model', ['models'], 'Models that were called')),
  withFacet(of('list')('prompt', [], 'Prompts that were used: name, or “name v2”')),
  withFacet(of('list')('tool', ['tools'], 'Tools that were called')),
  withFacet(of('list')('observation', ['step'], 'Names of the observations')),
  of('list')('statusMessage', ['status', 'error'], 'What observations say of their state'),
  of('time')('timestamp', ['time'], 'When the trace began'),
  of('duration')('latency', ['duration'], 'From the first start to the last end'),
  of('money')('totalCost', ['cost'], 'Cost of all observations'),
  number('totalTokens', ['tokens'], 'Tokens of all observations'),
  number('inputTokens', [], 'Tokens that went in'),
  number('outputTokens', [], 'Tokens that came out'),
  number('errorCount', ['errors'], 'Observations with an error'),
  number('warningCount', ['warnings'], 'Observations with a warning'),
  number('observationCount', ['observations'], 'Observations of the trace'),
  of('flag')('public', [], 'Whether everybody with the link may read it'),
  of('payload')('input', [], 'Text of any input'),
  of('payload')('output', [], 'Text of any output'),
  of('map')('metadata', [], 'Metadata by key, metadata.key:value'),
  of('score')('score', ['scores'], 'Scores by name, score.name:>0.5'),
]);

/** Of the observations table. What an observation says of its trace is a field of it too. */
export const observationFields = catalogue([
  withFacet(text('name', [], 'Name of the observation')),
  text('id', ['observation'], 'Id of the observation'),
  text('traceId', ['trace'], 'Id of its trace'),
  withFacet(text('traceName', [], 'Name of its trace')),
  withFacet(text('type', [], 'GENERATION, SPAN, TOOL, AGENT …')),
  withFacet(text('level', [], 'DEBUG, DEFAULT, WARNING or ERROR')),
  text('statusMessage', ['status', 'error'], 'What it says of its state'),
  withFacet(text('model', ['models'], 'Model that was called')),
  withFacet(of('list')('prompt', [], 'Prompt that was used: name, or “name v2”')),
  withFacet(of('list')('tool', ['tools'], 'Tools that were called')),
  withFacet(text('environment', ['env'], 'Environment, such as production')),
  withFacet(text('userId', ['user'], 'Who used the application')),
  withFacet(text('sessionId', ['session'], 'Session its trace is part of')),
  withFacet(of('list')('tags', ['tag'], 'Tags of its trace')),
  withFacet(text('version', [], 'Version of the application')),
  withFacet(text('release', [], 'Release of the application')),
  of('time')('startTime', ['time', 'timestamp'], 'When it began'),
  of('duration')('latency', ['duration'], 'From its start to its end'),
  of('duration')('timeToFirstToken', ['ttft'], 'From its start to the first token'),
  of('money')('totalCost', ['cost'], 'Cost of the call'),
  number('totalTokens', ['tokens'], 'Tokens of the call'),
  number('inputTokens', [], 'Tokens that went in'),
  number('outputTokens', [], 'Tokens that came out'),
  of('flag')('isRoot', ['root'], 'Whether it is the root of its trace'),
  of('payload')('input', [], 'Text of the input'),
  of('payload')('output', [], 'Text of the output'),
  of('map')('metadata', [], 'Metadata by key, metadata.key:value'),
  of('score')('score', ['scores'], 'Its own scores by name, score.name:>0.5'),
]);

/** Of the scores table. */
export const scoreFields = catalogue([
  withFacet(text('name', [], 'Name of the score')),
  text('id', ['score'], 'Id of the score'),
  withFacet(text('source', [], 'API, ANNOTATION or EVAL')),
  withFacet(text('dataType', ['type'], 'NUMERIC, BOOLEAN, CATEGORICAL or TEXT')),
  number('value', [], 'Number of a numeric score; 1 or 0 of a boolean one'),
  withFacet(text('category', ['label'], 'Category or text; true or false of a boolean one')),
  of('payload')('comment', [], 'Text of the comment'),
  withFacet(text('environment', ['env'], 'Environment, such as production')),
  text('traceId', ['trace'], 'Id of the trace it judges'),
  text('observationId', ['observation'], 'Id of the observation it judges'),
  text('sessionId', ['session'], 'Id of the session it judges as a whole'),
  text('userId', ['user'], 'User of the trace it judges'),
  withFacet(text('author', ['authorUserId'], 'Id of who gave it by hand')),
  text('configId', ['config'], 'Id of its score config'),
  text('queueId', ['queue'], 'Id of the annotation queue it came from'),
  of('time')('timestamp', ['time'], 'When it was given'),
  of('map')('metadata', [], 'Metadata by key, metadata.key:value'),
]);

/** Of the sessions table. A session is the traces that name it; of users, environments and tags some trace has it. */
export const sessionFields = catalogue([
  text('id', ['session', 'sessionId'], 'Id of the session'),
  withFacet(of('list')('userId', ['user', 'users'], 'Who used the application')),
  withFacet(of('list')('environment', ['env'], 'Environments of its traces')),
  withFacet(of('list')('tags', ['tag'], 'Tags of its traces')),
  of('time')('timestamp', ['time'], 'When its first trace began'),
  of('duration')('duration', [], 'From its first trace to the end of its last'),
  number('traceCount', ['traces'], 'Traces that name it'),
  number('errorCount', ['errors'], 'Its traces with an error'),
  of('money')('totalCost', ['cost'], 'Cost of all its traces'),
  number('totalTokens', ['tokens'], 'Tokens of all its traces'),
]);
