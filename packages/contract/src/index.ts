export * from './errors';
export * from './filter';
export * from './v1/account';
export * from './v1/explore';
