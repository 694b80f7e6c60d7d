import type { LanguagePlan } from './language';
import type { SourceRecipe } from './source-recipe';
import { type Command, renderWords } from '../dockerfile/shell';
import { type Text, text, variable } from '../dockerfile/text';
import type { RecipeContext } from '../image-recipe';

/** The command that builds an image, with the credentials that it takes. */
export function buildCommand(recipe: SourceRecipe, plan: LanguagePlan, { dockerfilePath, repositories }: RecipeContext): string {
  const command: Command = {
    words: [
      'docker', 'buildx', 'build', '-f', dockerfilePath, '--platform', recipe.platforms.join(','),
      ...plan.usesSsh ? ['--ssh', 'default'] : [],
      ...plan.secrets.flatMap<Text>(({ id, source }) => ['--secret', secretFlag(id, source)]),
      '--build-arg', text`VERSION=${variable('VERSION')}`,
      ...repositories.flatMap<Text>(repository => ['-t', text`${repository}:${variable('VERSION')}`]),
      recipe.language.context,
    ],
  };
  return renderWords(command).join(' ');
}

function secretFlag(id: string, source: string): Text {
  if (source.startsWith('env:')) {
    return `id=${id},env=${source.slice('env:'.length)}`;
  }
  return source.startsWith('~/') ? text`id=${id},src=${variable('HOME')}${source.slice(1)}` : `id=${id},src=${source}`;
}
