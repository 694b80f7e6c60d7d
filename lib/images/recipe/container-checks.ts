import { APP } from './final-stage';
import type { SourceRecipe } from './source-recipe';
import { type Report } from '../../diagnostics/report';
import type { ContainerFacts } from '../image-recipe';

/** What is there in every image with a shell, and in no other. */
const SHELLS = /^(\/(usr\/)?bin\/)?(a|ba|da|z)?sh$/;
const TOOLS = /^(\/(usr\/)?bin\/)?(curl|wget|nc|cat|test|true|sleep|env|pgrep|grep)$/;

/** Reports where the container asks for what the image has not, or hides what it has. */
export function checkContainer(recipe: SourceRecipe, { command, probes, mounts, readOnlyRoot }: ContainerFacts, report: Report): void {
  const { runtime, options: { writablePaths = [] } } = recipe;
  if (!runtime) {
    return;
  }
  const commands = [...command ? [{ property: 'command', command }] : [], ...probes];
  for (const { property, command: [program = ''] } of commands) {
    if (!runtime.hasShell && (SHELLS.test(program) || TOOLS.test(program))) {
      report({
        code: 'image-conflict',
        property,
        message: `The container runs '${program}', but the base of its image holds the program alone.`,
        remedy: "Let the program do it, for example by a flag '-healthcheck', or give the image a base with a shell: ImageBase.alpine().",
      });
    } else if (program.startsWith(`${APP}/`) && !holds(recipe, program)) {
      report({
        code: 'image-conflict',
        property,
        message: `The container runs '${program}', which its image does not hold.`,
        remedy: `Run '${recipe.language.programPath()}', or add the program or the file to the image.`,
      });
    }
  }
  for (const mount of mounts.map(each => each.replace(/\/+$/, ''))) {
    if (mount === APP || recipe.language.programPath() === mount || recipe.language.programPath().startsWith(`${mount}/`)) {
      report({
        code: 'image-conflict',
        property: `volumes['${mount}']`,
        message: `A volume at '${mount}' hides the program, which lies at '${recipe.language.programPath()}'.`,
        remedy: `Mount it below '${APP}', for example at '${APP}/data', or elsewhere.`,
      });
    }
  }
  for (const path of readOnlyRoot ? writablePaths : []) {
    if (!mounts.some(mount => path === mount || path.startsWith(`${mount.replace(/\/+$/, '')}/`))) {
      report({
        code: 'image-conflict',
        property: 'volumes',
        message: `The program writes to '${path}', which is read-only in the container.`,
        remedy: `Mount a volume there: volumes: { '${path}': Volume.emptyDir() }.`,
      });
    }
  }
}

function holds(recipe: SourceRecipe, program: string): boolean {
  const { files = {}, instructions } = recipe.options;
  return recipe.language.programs().includes(program)
    || Object.keys(files).some(path => program === path || program.startsWith(`${path.replace(/\/+$/, '')}/`))
    // Whoever writes instructions knows what they copy.
    || (instructions?.finalStage ?? []).length > 0;
}
