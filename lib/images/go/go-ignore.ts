import type { GoLanguage } from './go-language';
import { type IgnoreGroup } from '../dockerfile/ignore-file';
import { below } from '../source-folder';

/** What the build of a Go program reads. */
export function goIgnore({ module, vendored, options }: GoLanguage): IgnoreGroup[] {
  const embeds = module.embeds();
  const modules = module.modules();
  const whole = modules.includes('.');
  const inModules = (...patterns: string[]): string[] => patterns.flatMap(pattern =>
    whole ? [pattern] : modules.map(folder => below(folder, pattern)));
  return [
    {
      comment: module.workspace() ? 'the modules of the workspace' : modules.length === 1 ? 'the module' : 'the modules',
      allow: [
        ...module.workspace() ? ['go.work', 'go.work.sum'] : [],
        ...modules.flatMap(folder => [below(folder, 'go.mod'), ...folder === module.inside || module.workspace() ? [below(folder, 'go.sum')] : []]),
        // Assembly compiles without cgo.
        ...inModules('**/*.go', '**/*.s', '**/*.h', ...options.cgo ? ['**/*.c', '**/*.cc', '**/*.cpp', '**/*.hh', '**/*.hpp', '**/*.S'] : []),
      ],
    },
    { comment: 'but its tests', deny: options.tests ? [] : ['**/*_test.go', '**/testdata', ...vendored ? [] : ['vendor']] },
    { comment: 'what its tests read', allow: options.tests ? inModules('**/testdata/**') : [], folders: true },
    { comment: '', allow: embeds.filter(({ isFile }) => !isFile).map(({ pattern }) => pattern), folders: true },
    { comment: '', allow: embeds.filter(({ isFile }) => isFile).map(({ pattern }) => pattern), last: 'single' },
    { comment: 'the modules that it needs', allow: vendored ? [module.workspace() ? 'vendor' : below(module.inside, 'vendor')] : [], last: 'group' },
  ];
}
