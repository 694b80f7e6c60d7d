import { APP } from './recipe/final-stage';
import { ContainerImage, type ImageContext, type ImageUser, type ResolvedImage } from '../definition/container-image';
import type { Json } from '../definition/json';
import { type Report } from '../diagnostics/report';

/** An image as one that runs it by another program than its own. */
export class ProgramImage extends ContainerImage {
  public constructor(private readonly image: ContainerImage, private readonly program: string, private readonly programs: () => readonly string[]) {
    super();
  }

  public override _usedBy(user: ImageUser): void {
    this.image._usedBy(user);
  }

  public override _goVersion(): string | undefined {
    return this.image._goVersion();
  }

  public override _checkContainer(container: Json, report: Report): void {
    this.image._checkContainer(container, report);
  }

  public override _resolve(context: ImageContext, report: Report): ResolvedImage {
    const programs = this.programs();
    if (!programs.includes(this.program)) {
      report({
        code: 'image-conflict',
        message: `The image has no program '${this.program}'.`,
        remedy: `Name one of ${programs.map(name => `'${name}'`).join(', ')}, or add its package to 'programs' of the image.`,
      });
    }
    return { ...this.image._resolve(context, report), command: [`${APP}/${this.program}`] };
  }
}
