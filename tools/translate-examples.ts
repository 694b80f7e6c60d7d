import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ApiLocation, LanguageTablet, TargetLanguage, type TranslatedSnippet, Translator, type TypeScriptSnippet, typeScriptSnippetFromVisibleSource,
} from 'jsii-rosetta';
import { exampleFixture, FOLDER, pages, pageSnippets } from '../test/package/snippets';

const ROOT = join(__dirname, '..');
/** Those that the package is published for. */
const LANGUAGES = [TargetLanguage.PYTHON, TargetLanguage.JAVA, TargetLanguage.GO];

interface Documented {
  readonly docs?: { readonly example?: string };
  readonly name: string;
}

interface Type extends Documented {
  readonly fqn: string;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly initializer?: Documented;
  readonly members?: readonly Documented[];
  readonly methods?: readonly Documented[];
  readonly properties?: readonly Documented[];
}

const assembly = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')) as { readonly name: string; readonly types: { readonly [fqn: string]: Type } };

/** The examples of the doc comments, by what they document. */
function examples(): TypeScriptSnippet[] {
  const { before, after } = exampleFixture();
  const found = Object.values(assembly.types).flatMap((type): [Documented | undefined, ApiLocation][] => {
    const { fqn, initializer, members = [], methods = [], properties = [] } = type;
    return [
      [type, { api: 'type', fqn }],
      [initializer, { api: 'initializer', fqn }],
      ...[...members, ...methods, ...properties].map((member): [Documented, ApiLocation] => [member, { api: 'member', fqn, memberName: member.name }]),
    ];
  });
  return found.flatMap(([documented, api]) => {
    const example = documented?.docs?.example;
    return example === undefined ? [] : [{
      ...typeScriptSnippetFromVisibleSource(example, { api, field: { field: 'example' } }, true, PLACE),
      completeSource: `/// !hide\n${before}/// !show\n${example}\n/// !hide\n${after}/// !show\n`,
    }];
  });
}

/** The translation, for the types too that inherit the member: generators of code look for it there. */
function withInherited(translated: TranslatedSnippet): TranslatedSnippet[] {
  const { location } = translated.snippet;
  const { api } = location;
  if (api.api !== 'member') {
    return [translated];
  }
  const inherits = (fqn: string): boolean => {
    const type = assembly.types[fqn];
    return type !== undefined && (fqn === api.fqn || [type.base ?? '', ...type.interfaces ?? []].some(inherits));
  };
  return Object.keys(assembly.types).filter(inherits).map(fqn => translated.withLocation({ ...location, api: { ...api, fqn } }));
}

/** The programs of a page. */
function programs(page: string): TypeScriptSnippet[] {
  const api: ApiLocation = page === 'README.md' ? { api: 'moduleReadme', moduleFqn: assembly.name } : { api: 'file', fileName: page };
  return pageSnippets(page).map(({ name, lines }) =>
    typeScriptSnippetFromVisibleSource(lines.map(({ text }) => text).join('\n'), { api, field: { field: 'markdown', line: Number(name.split(':')[1]) } }, true, PLACE));
}

/** Where they lie for the compiler. */
const PLACE = { $compilation: FOLDER };

async function main(output: string): Promise<void> {
  const modules = join(FOLDER, 'node_modules');
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(modules, { recursive: true });
  symlinkSync(ROOT, join(modules, assembly.name));
  const [untranslatable, translatable] = [true, false].map(wanted => [...examples(), ...pages().flatMap(programs)].filter(({ visibleSource }) =>
    /^ *\/\/ TypeScript only: /m.test(visibleSource) === wanted));
  const translator = new Translator(true);
  const translated = translator.translateSnippets(translatable, LANGUAGES);
  translator.translateSnippets(untranslatable, []);
  const errors = translator.diagnostics;
  errors.forEach(({ formattedMessage }) => process.stderr.write(formattedMessage));
  if (errors.length > 0) {
    process.exitCode = 1;
    return;
  }
  const tablet = new LanguageTablet();
  // Of the pages only README is in the package.
  tablet.addTranslations(...translated.filter(({ snippet: { location } }) => location.api.api !== 'file').flatMap(withInherited));
  await tablet.save(join(ROOT, output), true);
  console.log(`${translated.length} examples compiled and translated for ${LANGUAGES.join(', ')}, ${untranslatable.length} for TypeScript only compiled`);
}

void main(process.argv[2]);
