/**
 * A table: which usage keys an instrumentation may send for what the price library has one price field for.
 * Buckets on the wire are exclusive (`input` is without cached tokens), so every key stands alone and costs
 * what its bucket costs.
 */

/** A price field of the library, the keys it prices, and where its price comes from when it has none. */
export interface UsageBucket {
  field: string;
  /** Units per price; a price of the library is for this many, as a power of ten. */
  perDigits: number;
  /**
   * Fields to take the price from, in order, when the library names none: a part of the text costs what its
   * whole does. Audio, images and video never do: where they have no price, they have none here either.
   */
  inherits: readonly string[];
  keys: readonly string[];
}

export const usageBuckets: readonly UsageBucket[] = [
  {
    field: 'input_mtok',
    perDigits: 6,
    inherits: [],
    keys: [
      'input',
      'input_tokens',
      'input_text',
      'input_text_tokens',
      'input_modality_1',
      'prompt_token_count',
      'promptTokenCount',
      'tool_use_prompt_token_count',
      'toolUsePromptTokenCount',
    ],
  },
  {
    field: 'output_mtok',
    perDigits: 6,
    inherits: [],
    keys: [
      'output',
      'output_tokens',
      'output_text',
      'output_text_tokens',
      'output_modality_1',
      'output_accepted_prediction_tokens',
      'output_rejected_prediction_tokens',
      'candidates_token_count',
      'candidatesTokenCount',
    ],
  },
  {
    field: 'output_reasoning_mtok',
    perDigits: 6,
    inherits: ['output_mtok'],
    keys: [
      'output_reasoning_tokens',
      'output_reasoning',
      'reasoning_tokens',
      'thoughts_token_count',
      'thoughtsTokenCount',
    ],
  },
  {
    field: 'cache_read_mtok',
    perDigits: 6,
    inherits: ['input_mtok'],
    keys: [
      'input_cached_tokens',
      'input_cache_read',
      'input_cache_read_tokens',
      'input_cached_text_tokens',
      'cache_read_input_tokens',
      'cache_read_tokens',
      'cached_content_token_count',
      'cachedContentTokenCount',
    ],
  },
  {
    field: 'cache_write_mtok',
    perDigits: 6,
    inherits: ['input_mtok'],
    keys: [
      'input_cache_creation',
      'input_cache_creation_5m',
      'input_cache_creation_tokens',
      'input_cache_write',
      'input_cache_write_tokens',
      'cache_creation_input_tokens',
      'cache_write_input_tokens',
      'cache_write_tokens',
    ],
  },
  {
    field: 'cache_write_1h_mtok',
    perDigits: 6,
    inherits: ['cache_write_mtok', 'input_mtok'],
    keys: ['input_cache_creation_1h'],
  },
  {
    field: 'input_audio_mtok',
    perDigits: 6,
    inherits: [],
    keys: ['input_audio_tokens', 'input_audio'],
  },
  {
    field: 'cache_audio_read_mtok',
    perDigits: 6,
    inherits: [],
    keys: ['input_cached_audio_tokens'],
  },
  {
    field: 'output_audio_mtok',
    perDigits: 6,
    inherits: [],
    keys: ['output_audio_tokens', 'output_audio'],
  },
  {
    field: 'input_image_mtok',
    perDigits: 6,
    inherits: [],
    keys: ['input_image_tokens', 'input_image'],
  },
  {
    field: 'cache_image_read_mtok',
    perDigits: 6,
    inherits: [],
    keys: ['input_cached_image_tokens'],
  },
  {
    field: 'output_image_mtok',
    perDigits: 6,
    inherits: [],
    keys: ['output_image_tokens', 'output_image'],
  },
  {
    field: 'input_video_mtok',
    perDigits: 6,
    inherits: [],
    keys: ['input_video_tokens', 'input_video'],
  },
  {
    field: 'output_video_mtok',
    perDigits: 6,
    inherits: [],
    keys: ['output_video_tokens', 'output_video'],
  },
  {
    field: 'output_citation_mtok',
    perDigits: 6,
    inherits: ['output_mtok'],
    keys: ['output_citation_tokens', 'citation_tokens'],
  },
  {
    field: 'web_searches_kcount',
    perDigits: 3,
    inherits: [],
    keys: [
      'web_search_queries',
      'webSearchQueries',
      'web_search_requests',
      'web_searches',
      'grounding_queries',
      'groundingQueries',
    ],
  },
  { field: 'requests_kcount', perDigits: 3, inherits: [], keys: ['requests'] },
];
