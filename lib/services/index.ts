export { GoStyleMicroservice, type GoStyleMicroserviceProps } from './go-style-microservice';
export { Microservice } from './microservice';
export { type DeployedServiceOptions, type MicroserviceProps } from './microservice-props';
export { Egress, type WorkloadOptions } from './workload-options';
