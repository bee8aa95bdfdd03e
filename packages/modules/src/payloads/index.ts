export { parseMetadata, parsePayload } from './parse-payload';
export { storablePayload } from './storable-payload';
