import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageMeta } from '../pagination';
import { booleanText, isoTime, wholeNumber } from '../query-params';
import { storableJson, storableText } from '../storable-text';

const tag = 'Prompts';
const time = z.iso.datetime({ offset: true });

export const promptLimits = {
  nameLength: 500,
  labelLength: 36,
  labels: 100,
  tagLength: 200,
  tags: 100,
  commitMessageLength: 500,
  messages: 2_000,
  /** Characters; a body is bounded in bytes before. */
  textLength: 1_000_000,
} as const;

/** What stands in names and is searched by. */
const plainText = (maxLength: number) =>
  storableText(maxLength).refine((text) => !/\p{Cc}/u.test(text), 'must not hold control characters');

/** Names that addresses of pages take, and those that no address can hold. */
const reservedNames = ['new', 'metrics', 'prompt-detail', '.', '..'];

/** Slashes make folders: `support/triage`. */
const promptName = plainText(promptLimits.nameLength)
  .min(1, 'a prompt needs a name')
  .refine((name) => !/<[^>]*>/.test(name), 'must not hold HTML')
  .refine(
    (name) => !name.includes('|'),
    'must not hold |, which separates the parts of a reference to a prompt',
  )
  .refine(
    (name) => !/^\/|\/$|\/\//.test(name),
    'must not start or end with a slash, nor hold two slashes in a row: folders have names',
  )
  .refine((name) => !reservedNames.includes(name), `must not be one of ${reservedNames.join(', ')}`);

export const promptLabel = z
  .string()
  .min(1)
  .max(promptLimits.labelLength)
  .regex(/^[a-z0-9_\-.]+$/, 'a label holds lower-case letters, digits, _, - and . only');
const labels = z.array(promptLabel).max(promptLimits.labels);

/** Messages keep whatever else they carry. */
const placeholder = z.looseObject({ type: z.literal('placeholder'), name: z.string().min(1) });
export const promptMessage = z.union([
  placeholder,
  z.looseObject({ type: z.literal('chatmessage').optional(), role: z.string(), content: z.string() }),
]);
export type PromptMessage = z.output<typeof promptMessage>;

const messageForm = 'a message is {"role", "content"}, both text, or {"type": "placeholder", "name"}';
const newMessage = z.union(
  [
    placeholder,
    z.looseObject({
      /** Clients have several words for a message, and read only this one: others are not kept. */
      type: z
        .string()
        .nullish()
        .refine((type) => type !== 'placeholder', messageForm)
        .transform((type) => (type === 'chatmessage' ? type : undefined)),
      role: z.string(),
      content: z.string(),
    }),
  ],
  { error: messageForm },
);

const common = {
  id: z.string(),
  projectId: z.string(),
  createdAt: time,
  updatedAt: time,
  createdBy: z.string(),
  name: z.string(),
  version: z.int(),
  config: z.unknown(),
  labels: z.array(z.string()),
  tags: z.array(z.string()),
  commitMessage: z.string().nullable(),
  /** Whether this is the version with the label `production`. */
  isActive: z.boolean(),
  /** Which prompts the content was put together from; null when from none, or when it is shown as written. */
  resolutionGraph: z
    .object({
      root: z.object({ name: z.string(), version: z.int(), id: z.string() }),
      dependencies: z.record(
        z.string(),
        z.array(z.object({ id: z.string(), name: z.string(), version: z.int() })),
      ),
    })
    .nullable(),
};

export const prompt = z
  .discriminatedUnion('type', [
    z.object({ ...common, type: z.literal('text'), prompt: z.string() }),
    z.object({ ...common, type: z.literal('chat'), prompt: z.array(promptMessage) }),
  ])
  .meta({ id: 'Prompt' });
export type Prompt = z.output<typeof prompt>;

const newVersion = {
  name: promptName,
  config: storableJson.optional(),
  labels: labels.nullish(),
  tags: z.array(plainText(promptLimits.tagLength)).max(promptLimits.tags).nullish(),
  commitMessage: storableText(promptLimits.commitMessageLength).nullish(),
};
const typeError = { error: 'type must be text or chat; without one the prompt is text' };
const textContent = {
  type: z.literal('text').nullish(),
  prompt: z
    .string({ error: 'prompt must be a text; a list of messages goes with "type": "chat"' })
    .pipe(storableText(promptLimits.textLength)),
};
const chatContent = {
  type: z.literal('chat'),
  prompt: z
    .array(newMessage)
    .max(promptLimits.messages)
    .superRefine((messages, context) => {
      for (const issue of storableJson.safeParse(messages).error?.issues ?? []) {
        context.addIssue({ code: 'custom', message: issue.message });
      }
    }),
};

export const createPromptBody = z.discriminatedUnion(
  'type',
  [z.object({ ...newVersion, ...textContent }), z.object({ ...newVersion, ...chatContent })],
  typeError,
);
export type CreatePromptBody = z.output<typeof createPromptBody>;

/** Before there were labels, one version of a prompt was the active one. */
const isActive = z.boolean().nullish();
export const createPromptV1Body = z.discriminatedUnion(
  'type',
  [
    z.object({ ...newVersion, ...textContent, isActive }),
    z.object({ ...newVersion, ...chatContent, isActive }),
  ],
  typeError,
);

/** An empty parameter is an absent one. */
const orAbsent = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);
const nameParameter = plainText(promptLimits.nameLength);

const promptParams = z.object({ promptName: nameParameter });
const noneOrOne = <Query extends { version?: number | undefined; label?: string | undefined }>(
  query: Query,
) => query.version === undefined || query.label === undefined;

export const getPrompt = defineOperation({
  id: 'getPrompt',
  method: 'GET',
  path: '/api/public/v2/prompts/{promptName}',
  scope: 'prompts:read',
  tag,
  summary: 'One version of a prompt, by number or label; else the one with the label production.',
  params: promptParams,
  query: z
    .object({
      version: orAbsent(versionNumber),
      label: orAbsent(nameParameter),
      /** False: as it was written, references to other prompts included. */
      resolve: orAbsent(booleanText).transform((resolve) => resolve ?? true),
    })
    .refine(noneOrOne, { path: ['version'], error: 'give version or label, not both' }),
  responses: { 200: prompt },
});

const promptMeta = z
  .object({
    name: z.string(),
    type: z.enum(['text', 'chat']),
    versions: z.array(z.int()),
    labels: z.array(z.string()),
    tags: z.array(z.string()),
    lastUpdatedAt: time,
    lastConfig: z.unknown(),
  })
  .meta({ id: 'PromptMeta' });
export type PromptMeta = z.output<typeof promptMeta>;

export const listPrompts = defineOperation({
  id: 'listPrompts',
  method: 'GET',
  path: '/api/public/v2/prompts',
  scope: 'prompts:read',
  tag,
  summary: 'Prompts by name, each with those of its versions that match the filters.',
  query: z.object({
    page: wholeNumber({ min: 1, max: 1_000_000, default: 1 }),
    limit: wholeNumber({ min: 1, max: 100, default: 10 }),
    name: orAbsent(nameParameter),
    version: orAbsent(versionNumber),
    label: orAbsent(nameParameter),
    tag: orAbsent(nameParameter),
    fromUpdatedAt: orAbsent(isoTime),
    toUpdatedAt: orAbsent(isoTime),
  }),
  // The same twice: older clients read `pagination`.
  responses: { 200: z.object({ data: z.array(promptMeta), meta: pageMeta, pagination: pageMeta }) },
});

export const createPrompt = defineOperation({
  id: 'createPrompt',
  method: 'POST',
  path: '/api/public/v2/prompts',
  scope: 'prompts:create',
  tag,
  summary: 'The first or next version of a prompt; it takes its labels from the versions that have them.',
  body: createPromptBody,
  responses: { 201: prompt },
});

export const deletePrompt = defineOperation({
  id: 'deletePrompt',
  method: 'DELETE',
  path: '/api/public/v2/prompts/{promptName}',
  scope: 'prompts:delete',
  tag,
  summary: 'Deletes a prompt, or the version with this number or label.',
  params: promptParams,
  query: z.object({ version: orAbsent(versionNumber), label: orAbsent(nameParameter) }),
  responses: { 204: z.null() },
});

export const updatePromptVersion = defineOperation({
  id: 'updatePromptVersion',
  method: 'PATCH',
  path: '/api/public/v2/prompts/{name}/versions/{version}',
  scope: 'prompts:update',
  tag,
  summary: 'Gives labels to a version; other versions that had them lose them.',
  params: z.object({ name: nameParameter, version: versionNumber }),
  body: z.object({
    newLabels: labels.refine((given) => !given.includes('latest'), {
      error: 'latest always names the newest version and cannot be given: leave it out',
    }),
  }),
  responses: { 200: prompt },
});

export const getPromptV1 = defineOperation({
  id: 'getPromptV1',
  method: 'GET',
  path: '/api/public/prompts',
  scope: 'prompts:read',
  tag,
  deprecated: true,
  summary: 'The version of a prompt with this number, else the one with the label production.',
  query: z.object({ name: nameParameter.min(1), version: orAbsent(versionNumber) }),
  responses: { 200: prompt },
});

export const createPromptV1 = defineOperation({
  id: 'createPromptV1',
  method: 'POST',
  path: '/api/public/prompts',
  scope: 'prompts:create',
  tag,
  deprecated: true,
  summary: 'The first or next version of a prompt, active or not.',
  body: createPromptV1Body,
  responses: { 201: prompt },
});
