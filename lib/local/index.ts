import '../installation/optional';
// jsii finds the types of a submodule by these alone.
export * from './local-options';
export * from './compose-file';
export * from './docker-target';
export * from './docker-stack';
