// First of all: where the package cannot work as it is installed, it says so.
import './installation/installation';
// '/index' is written out because tsx prefers a compiled index.js to the source beside it.
export * from './diagnostics/index';
export * from './definition/index';
export * from './platform/index';
export * from './synthesis/index';
export * from './model/index';
export * from './images/index';
export * from './configuration/index';
export * from './storage/index';
export * from './workloads/index';
export * from './access/index';
export * from './traffic/index';
export * from './scaling/index';
export * from './observability/index';
export * from './services/index';
export * from './backing/index';
export * as local from './local/index';
export * as testing from './testing/index';
