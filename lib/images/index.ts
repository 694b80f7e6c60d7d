export { GoBase, type ScratchOptions } from './go-base';
export { GoImage } from './go-image';
export { type GoImageOptions, type ImageMetadata, ModuleAccess, type PrivateModules } from './go-image-options';
