export { deleteLlmConnection } from './delete-llm-connection';
export { listLlmConnections } from './list-llm-connections';
export { type ConnectionDeps, upsertLlmConnection } from './upsert-llm-connection';
