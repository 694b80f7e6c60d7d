export { PersistentVolumeClaim, type PersistentVolumeClaimProps } from './persistent-volume-claim';
