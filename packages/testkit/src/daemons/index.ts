export type { Containerd } from './containerd.ts';
export { startContainerd } from './containerd.ts';
export type { DockerRegistry, DockerRegistryOptions } from './docker-registry.ts';
export { startDockerRegistry } from './docker-registry.ts';
export type { Ended } from './program.ts';
export { findProgram, programsOrSkip, runProgram } from './program.ts';
export type { ImageDirectory } from './push-image.ts';
export { pushImage, writeImage } from './push-image.ts';
