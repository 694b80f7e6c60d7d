export { Deployment } from './deployment';
export { ServiceAccount } from './service-account';
