export * from './object-query';
export * from './reference-options';
export * from './manifests';
