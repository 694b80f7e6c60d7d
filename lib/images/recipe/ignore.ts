import type { LanguagePlan } from './language';
import type { SourceRecipe } from './source-recipe';
import { sortedEntries } from '../../definition/json';
import { type IgnoreFile } from '../dockerfile/ignore-file';
import { type RecipeContext } from '../image-recipe';
import { below, insideOf } from '../source-folder';

/** Never in an image, whatever folder they lie in; a file that is named by itself is meant. */
const PRIVATE = ['.env', '.env.*', '.git', '.netrc', '.npmrc', '*.key', '*.p12', '*.pfx', 'id_ed25519*', 'id_rsa*'].map(pattern => `**/${pattern}`);

/** What a build reads, and nothing else: other files neither reach the builder nor make it build again. */
export function ignoreFile({ language, options }: SourceRecipe, plan: LanguagePlan, { imageName }: RecipeContext): IgnoreFile {
  const named = sortedEntries(options.files).map(([, source]) => insideOf(source)).filter((source): source is string => source !== undefined);
  const at = (path: string): string => below(language.inside, path);
  const singles = named.filter(file => language.isFile(file)).map(at);
  const copied = named.filter(file => !language.isFile(file)).map(at);
  const read = (options.sources ?? []).map(at);
  const folders = plan.ignore.filter(group => group.folders);
  const embedded = folders.filter(({ comment }) => comment === '').flatMap(({ allow = [] }) => allow);
  const admitsFolders = [...folders.flatMap(({ allow = [] }) => allow), ...copied, ...read].length > 0;
  return {
    header: [`What the build of the image '${imageName}' reads of '${language.context}'. Written by cdk8s-golden-path: change the definition, not this file.`],
    groups: [
      ...plan.ignore.filter(({ folders: all, last }) => !all && !last),
      ...folders.filter(({ comment }) => comment !== ''),
      { comment: 'folders that it embeds or that the image holds', allow: unique([...embedded, ...copied]) },
      { comment: 'what else the build reads', allow: unique(read) },
      { comment: 'but nothing private in them', deny: admitsFolders ? PRIVATE : [] },
      { comment: 'files that are named one by one', allow: unique([...plan.ignore.filter(({ last }) => last === 'single').flatMap(({ allow = [] }) => allow), ...singles]) },
      ...plan.ignore.filter(({ last }) => last === 'group'),
    ],
  };
}

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths)].sort();
}
