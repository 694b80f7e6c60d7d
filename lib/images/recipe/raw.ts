import { type RawInstruction } from '../dockerfile/instructions';
import type { DockerfileInstructions, ImageOptions } from '../image-options';

/** The instructions of the user at one of the points for them. */
export function rawAt({ instructions = {} }: ImageOptions, point: keyof DockerfileInstructions): RawInstruction[] {
  return (instructions[point] ?? []).map((text, index) => ({ instruction: 'RAW', text, property: `instructions.${point}[${index}]` }));
}
