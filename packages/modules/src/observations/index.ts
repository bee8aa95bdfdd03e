export { getObservationV1 } from './get-observation';
export { listObservationsV1 } from './list-observations';
export { listObservationsV2 } from './list-observations-by-cursor';
export { toObservationV1 } from './observation-wire';
export { unitPricesOf } from './unit-prices';
