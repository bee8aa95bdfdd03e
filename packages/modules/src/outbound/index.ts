export { type AllowedHosts, checkOutboundUrl, isOwnAddress, parseAllowedHosts } from './outbound-url';
