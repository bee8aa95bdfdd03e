import { createMetadata, type ExperimentAttributes, type Metadata } from '@tracewell/domain';
import type { Attributes, OtlpSpan } from '../decode/span';
import { addMetadata } from './metadata';
import { keysOf, parseObject, textOf } from './values';

const prefix = 'langfuse.experiment';

/** The dataset experiment a span was recorded for; undefined for none. */
export function readExperiment({ attributes }: OtlpSpan): ExperimentAttributes | undefined {
  const text = (name: string) => textOf(attributes[`${prefix}.${name}`]);
  const id = text('id');
  const itemId = text('item.id');
  if (id === '' && itemId === '' && text('name') === '') return undefined;
  const itemVersion = text('item.version');
  return {
    id,
    name: text('name'),
    description: text('description'),
    metadata: readMetadata(attributes, `${prefix}.metadata`),
    datasetId: text('dataset.id'),
    itemId,
    // A version is the time the item was changed; anything else cannot be looked up.
    itemVersion: Number.isNaN(Date.parse(itemVersion)) ? '' : itemVersion,
    itemMetadata: readMetadata(attributes, `${prefix}.item.metadata`),
    itemRootObservationId: text('item.root_observation_id'),
    itemExpectedOutput: text('item.expected_output'),
  };
}

/** One JSON object, or an attribute for each key, which wins. */
function readMetadata(attributes: Attributes, key: string): Metadata {
  const metadata = createMetadata();
  for (const name of keysOf(attributes))
    if (name.startsWith(`${key}.`)) metadata[name.slice(key.length + 1)] = textOf(attributes[name]);
  addMetadata(metadata, parseObject(attributes[key]));
  return metadata;
}
