import { z } from 'zod';
import { errorBody } from './errors';
import type { Operation } from './operation';
import { holderOf } from './scopes';

type Json = Record<string, unknown>;

const fileSchema: Json = { type: 'string', format: 'binary' };

/** The OpenAPI 3.1 document of these operations; `npm run generate` commits it as `openapi.json`. */
export function describeApi(operations: readonly Operation[], version: string): Json {
  const paths: Record<string, Json> = {};
  const defined: Json = {};
  jsonSchema(errorBody, 'output', defined);
  for (const operation of operations) {
    const path = paths[operation.path] ?? {};
    path[operation.method.toLowerCase()] = describeOperation(operation, defined);
    paths[operation.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tracewell',
      version,
      description: 'Record, read and judge what LLM applications do.',
    },
    security: [{ projectKey: [] }],
    paths,
    components: {
      schemas: defined,
      securitySchemes: {
        projectKey: {
          type: 'http',
          scheme: 'basic',
          description: 'Public key as user, secret key as password.',
        },
        publicKey: { type: 'http', scheme: 'bearer', description: 'The public key alone: scores only.' },
        organizationKey: {
          type: 'http',
          scheme: 'basic',
          description: 'Public key of an organization as user, its secret key as password.',
        },
        adminKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'TRACEWELL_ADMIN_API_KEY of the installation.',
        },
        session: { type: 'apiKey', in: 'cookie', name: 'tracewell.session_token' },
      },
    },
  };
}

function describeOperation(operation: Operation, defined: Json): Json {
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.deprecated && { deprecated: true }),
    'x-scope': operation.scope,
    security: securityOf(operation),
    parameters: [
      ...describeParameters('path', operation.params, defined),
      ...describeParameters('query', operation.query, defined),
    ],
    ...describeBody(operation, defined),
    responses: {
      ...Object.fromEntries(
        Object.entries(operation.responses).map(([status, schema]) => [
          status,
          {
            description: 'Done.',
            ...(Number(status) !== noContent && {
              content: operation.file
                ? Object.fromEntries(operation.file.map((type) => [type, { schema: fileSchema }]))
                : { 'application/json': { schema: jsonSchema(schema, 'output', defined) } },
            }),
          },
        ]),
      ),
      default: {
        description: 'Refused, or not possible now.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

/** Nothing follows this status, and clients made from the document must not wait for it. */
const noContent = 204;

function securityOf(operation: Operation): Json[] {
  const holder = holderOf(operation.scope);
  if (holder === 'anyone') return [];
  if (holder === 'person') return [{ session: [] }];
  if (holder === 'organization') return [{ organizationKey: [] }];
  if (holder === 'instance-admin') return [{ adminKey: [] }];
  if (operation.path.startsWith('/api/v1/')) return [{ session: [] }, { projectKey: [] }];
  if (operation.scope === 'scores:ingest') return [{ projectKey: [] }, { publicKey: [] }];
  return [{ projectKey: [] }];
}

function describeParameters(place: 'path' | 'query', schema: z.ZodType | undefined, defined: Json): Json[] {
  if (!schema) return [];
  const object = jsonSchema(schema, 'input', defined);
  const required = new Set(object.required as string[] | undefined);
  return Object.entries((object.properties ?? {}) as Record<string, Json>).map(([name, property]) => {
    const { description, ...rest } = property;
    return {
      name,
      in: place,
      required: required.has(name),
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

function describeBody(operation: Operation, defined: Json): Json {
  if (operation.rawBody) {
    const schema = operation.body ? jsonSchema(operation.body, 'input', defined) : {};
    const content = Object.fromEntries(operation.rawBody.map((type) => [type, { schema }]));
    return { requestBody: { required: true, content } };
  }
  if (!operation.body) return {};
  const schema = jsonSchema(operation.body, 'input', defined);
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

/**
 * A schema with an id stands once under `components` and is referred to everywhere else; `defined` gathers
 * them. Wrapped in an object, as only a schema inside another becomes a reference.
 */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', defined: Json): Json {
  const wrapped = z.toJSONSchema(z.object({ schema }), {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    // The format says it; the regular expression behind it is noise of a thousand characters.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  const { schema: root, $defs } = rewriteReferences({ ...wrapped.properties, $defs: wrapped.$defs }) as {
    schema: Json;
    $defs?: Record<string, Json>;
  };
  for (const [id, { id: _, ...definition }] of Object.entries($defs ?? {})) defined[id] = definition;
  return root;
}

function rewriteReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewriteReferences);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace('#/$defs/', '#/components/schemas/')
        : rewriteReferences(inner),
    ]),
  );
}
