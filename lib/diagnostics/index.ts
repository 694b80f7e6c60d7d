export { type Diagnostic, Severity } from './diagnostic';
export { Diagnostics } from './diagnostics';
