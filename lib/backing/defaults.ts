import { Resources } from '../definition/resources';
import type { VolumeClaimOptions } from '../definition/volume-claim';

/** The claim of a server whose definition says none. */
export const DEFAULT_STORAGE: VolumeClaimOptions = { size: '10Gi' };

/** The claim of each pod of a server. */
export const DATA_CLAIM = 'data';

/** What each server asks for where neither the definition nor its kind says more. */
export const DEFAULT_RESOURCES = Resources.of({ cpu: '100m', memory: '256Mi' });
