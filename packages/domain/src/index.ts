export * from './environment';
export * from './filter';
export * from './observation';
export * from './price';
export * from './score';
export * from './time';
export * from './trace';
export * from './usage';
