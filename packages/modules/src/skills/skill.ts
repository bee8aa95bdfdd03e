import { createHash } from 'node:crypto';
import { ApiError, skillLimits } from '@tracewell/contract';
import { parse } from 'yaml';

/** The rules of a skill: what its SKILL.md says of it, and how its files are told apart. */
export const manifestPath = 'SKILL.md';

export interface Manifest {
  name: string;
  description: string;
  /** All of the front matter, as JSON. */
  frontmatter: Record<string, unknown>;
}

/** Longest front matter, in characters: it describes, the text below it instructs. */
const maxFrontmatterLength = 20_000;

/** Throws `invalid_request` unless the front matter names and describes the skill. */
export function readManifest(content: string): Manifest {
  const [, text] = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/.exec(content) ?? [];
  if (text === undefined || text.length > maxFrontmatterLength) {
    throw refusal(
      `must start with front matter between two lines of ---, of at most ${maxFrontmatterLength} characters`,
    );
  }
  const frontmatter = readYaml(text);
  const { name, description } = frontmatter;
  if (
    typeof name !== 'string' ||
    !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) ||
    name.length > skillLimits.nameLength
  ) {
    throw refusal(
      `must have a name of lower-case letters, digits and single hyphens, at most ${skillLimits.nameLength} characters`,
    );
  }
  if (
    typeof description !== 'string' ||
    !description.trim() ||
    description.length > skillLimits.descriptionLength
  ) {
    throw refusal(`must have a description of 1 to ${skillLimits.descriptionLength} characters`);
  }
  return { name, description, frontmatter };
}

function readYaml(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    // Few aliases: a small text must not become a large value.
    value = parse(text, { maxAliasCount: 10, schema: 'core' });
  } catch {
    throw refusal('must have front matter in YAML');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusal('must have front matter of keys and values');
  }
  const json = JSON.stringify(value);
  if (/\\u0000|\\ud[89a-f]/i.test(json))
    throw refusal('must hold neither the character NUL nor half a surrogate pair');
  return JSON.parse(json) as Record<string, unknown>;
}

const refusal = (rule: string) => new ApiError('invalid_request', `${manifestPath} ${rule}.`);

export const hashContent = (content: string): string =>
  createHash('sha256').update(content, 'utf8').digest('base64');

const contentTypes: Record<string, string> = {
  md: 'text/markdown',
  txt: 'text/plain',
  json: 'application/json',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  py: 'text/x-python',
  js: 'text/javascript',
  ts: 'text/typescript',
  sh: 'application/x-sh',
  html: 'text/html',
  css: 'text/css',
  csv: 'text/csv',
  xml: 'application/xml',
};

export const contentTypeOf = (path: string): string =>
  contentTypes[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'text/plain';
