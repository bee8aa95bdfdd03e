import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { isoTime } from '../query-params';

const tag = 'LLM connections';

export const llmAdapters = [
  'anthropic',
  'openai',
  'azure',
  'bedrock',
  'google-vertex-ai',
  'google-ai-studio',
] as const;
export type LlmAdapter = (typeof llmAdapters)[number];

export const llmConnection = z
  .object({
    id: z.string(),
    provider: z.string(),
    adapter: z.string(),
    /** The end of the secret key, to tell keys apart. */
    displaySecretKey: z.string(),
    baseURL: z.string().nullable(),
    customModels: z.array(z.string()),
    withDefaultModels: z.boolean(),
    extraHeaderKeys: z.array(z.string()),
    config: z.record(z.string(), z.unknown()).nullable(),
    createdAt: isoTime,
    updatedAt: isoTime,
  })
  .meta({ id: 'LlmConnection' });
export type LlmConnection = z.infer<typeof llmConnection>;

/** The database takes no NUL. */
const withoutNul = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes('\0'), 'must hold no NUL');
const text = withoutNul(200).trim().min(1);
const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, 'must be the name of an HTTP header');
const headerValue = z
  .string()
  .max(8_000)
  .regex(/^[^\r\n\0]*$/, 'must be one line');

/** Instead of a secret: the credentials that the server itself runs with. */
export const defaultCredentials = {
  bedrock: '__BEDROCK_DEFAULT_CREDENTIALS__',
  'google-vertex-ai': '__VERTEXAI_DEFAULT_CREDENTIALS__',
} as const;

/** What is to be known of a provider beside its address and secret; others have nothing. */
const configOf: Partial<Record<LlmAdapter, z.ZodObject>> = {
  bedrock: z.strictObject({ region: text }),
  'google-vertex-ai': z.strictObject({ location: text.optional() }),
  openai: z.strictObject({ useResponsesApi: z.boolean().optional() }),
};
const bedrockCredentials = z.union([
  z.looseObject({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) }),
  z.looseObject({ apiKey: z.string().min(1) }),
]);

export const upsertLlmConnectionBody = z
  .object({
    /** Replaces the project's connection of that name. */
    provider: text,
    adapter: z.enum(llmAdapters),
    secretKey: withoutNul(16_000).min(1),
    baseURL: withoutNul(2_000).nullish(),
    customModels: z.array(text).max(500).nullish(),
    withDefaultModels: z.boolean().nullish(),
    extraHeaders: z.record(headerName, headerValue).nullish(),
    config: z.record(z.string(), z.unknown()).nullish(),
  })
  .superRefine(({ adapter, secretKey, config, extraHeaders }, context) => {
    const refuse = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const schema = configOf[adapter];
    if (adapter === 'bedrock' && !config) refuse(['config'], 'bedrock needs config with a region');
    else if (config && !schema) refuse(['config'], `the adapter ${adapter} has no config: leave it out`);
    else if (config && schema) {
      for (const issue of schema.safeParse(config).error?.issues ?? []) {
        refuse(['config', ...issue.path], issue.message);
      }
    }
    if (adapter === 'bedrock' && secretKey !== defaultCredentials.bedrock) {
      if (!bedrockCredentials.safeParse(parsed(secretKey)).success) {
        refuse(
          ['secretKey'],
          'must be JSON with accessKeyId and secretAccessKey, as bedrock has no single key',
        );
      }
    }
    if (Object.keys(extraHeaders ?? {}).length > 50) refuse(['extraHeaders'], 'must be at most 50 headers');
  });

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

export const listLlmConnections = defineOperation({
  id: 'listLlmConnections',
  method: 'GET',
  path: '/api/public/llm-connections',
  scope: 'llm-connections:read',
  tag,
  summary: 'The connections of the project to providers of models, newest first, without their secrets.',
  query: z.strictObject(pageQuery),
  responses: { 200: pageOf(llmConnection) },
});

export const upsertLlmConnection = defineOperation({
  id: 'upsertLlmConnection',
  method: 'PUT',
  path: '/api/public/llm-connections',
  scope: 'llm-connections:upsert',
  tag,
  summary: 'Creates the connection of this name, or replaces it.',
  body: upsertLlmConnectionBody,
  responses: { 200: llmConnection, 201: llmConnection },
});

export const deleteLlmConnection = defineOperation({
  id: 'deleteLlmConnection',
  method: 'DELETE',
  path: '/api/public/llm-connections/{id}',
  scope: 'llm-connections:delete',
  tag,
  summary: 'Deletes a connection with its secrets.',
  params: z.object({ id: z.string().min(1).max(100) }),
  responses: { 200: z.object({ message: z.string() }) },
});
