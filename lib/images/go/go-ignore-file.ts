import { insideOf } from './go-module';
import type { GoRecipe } from './go-recipe';
import { sortedEntries } from '../../definition/json';
import { type IgnoreFile } from '../dockerfile/ignore-file';
import { type RecipeContext } from '../image-recipe';

/** Never in an image, whatever folder they lie in; a file that is named by itself is meant. */
const PRIVATE = ['.env', '.env.*', '.git', '.netrc', '.npmrc', '*.key', '*.p12', '*.pfx', 'id_ed25519*', 'id_rsa*'].map(pattern => `**/${pattern}`);

/** What the build of a Go program reads, and nothing else: other files neither reach the builder nor make it build again. */
export function goIgnoreFile(recipe: GoRecipe, { imageName }: RecipeContext): IgnoreFile {
  const { module, vendored, options } = recipe;
  const embeds = module.embeds();
  const files = sortedEntries(options.files).map(([, source]) => insideOf(source)).filter((source): source is string => source !== undefined);
  const folders = [
    ...embeds.filter(({ isFile }) => !isFile).map(({ pattern }) => pattern),
    ...files.filter(file => !module.isFile(file)),
  ];
  const single = [
    ...embeds.filter(({ isFile }) => isFile).map(({ pattern }) => pattern),
    ...files.filter(file => module.isFile(file)),
  ];
  return {
    header: [`What the build of the image '${imageName}' reads of '${module.folder}'. Written by cdk8s-golden-path: change the definition, not this file.`],
    groups: [
      {
        comment: 'the module',
        allow: [
          'go.mod', 'go.sum',
          ...module.replacementFolders().map(folder => `${folder}/go.mod`),
          // Assembly compiles without cgo.
          '**/*.go', '**/*.s', '**/*.h',
        ],
      },
      { comment: 'but its tests', deny: ['**/*_test.go', '**/testdata', ...vendored ? [] : ['vendor']] },
      { comment: 'folders that it embeds or that the image holds', allow: unique(folders) },
      { comment: 'but nothing private in them', deny: folders.length > 0 ? PRIVATE : [] },
      { comment: 'files that are named one by one', allow: unique(single) },
      { comment: 'the modules that it needs', allow: vendored ? ['vendor'] : [] },
    ],
  };
}

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths)].sort();
}
