export { Artifact, Artifacts } from './artifact';
export { PlatformApp, type PlatformAppProps } from './platform-app';
