/** Every table of Postgres, one file a noun. */
export * from './accounts';
export * from './api-keys';
export * from './audit-log';
export * from './ingestion';
export * from './organizations';
export * from './projects';
