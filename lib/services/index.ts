export { GoStyleMicroservice, type GoStyleMicroserviceProps } from './go-style-microservice';
export { type DeployedServiceOptions, Microservice, type MicroserviceProps } from './microservice';
export { Egress, type WorkloadOptions } from './workload-options';
