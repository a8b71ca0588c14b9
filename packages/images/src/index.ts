export type { ImageSpec, LayerSpec } from './archive/image-spec.ts';
export { sharedLibraries } from './archive/shared-libraries.ts';
export { type ArchivedImage, writeArchive } from './archive/write-archive.ts';
export { bundleServices, type ServiceBundle } from './bundle/bundle-services.ts';
export { collectRuntime } from './bundle/collect-runtime.ts';
export { NONROOT, nodeLayer, systemLayer } from './recipes/base-layers.ts';
export { serviceImage } from './recipes/service-image.ts';
export { type StorePrograms, storeImages, storeNames } from './recipes/store-images.ts';
export { type ServiceArchive, writeServiceArchive } from './write-service-archive.ts';
