export { parseMetadata, parsePayload } from './parse-payload';
