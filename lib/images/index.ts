export { type BuildSecret, type DockerfileInstructions, type ImageMetadata, type ImageOptions } from './image-options';
export { Dockerfile, type InPlaceOptions } from './dockerfile-place';
export { DistrolessFlavor, ImageBase, type ScratchOptions } from './image-base';
export { GoImage } from './go-image';
export { type DelveOptions, type GoImageOptions, type GoTests, ModuleAccess, type PrivateModules } from './go-image-options';
export { SourceImage } from './source-image';
