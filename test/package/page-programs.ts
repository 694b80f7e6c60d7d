import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { ApiObject, App, type AppProps, type Chart, Yaml } from 'cdk8s';
import * as ts from 'typescript';
import { parse } from 'yaml';
import { ROOT } from './compiled';
import type { Snippet } from './snippets';
import * as library from '../../lib';

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** Where it begins, for example `docs/access.md:12`. */
  readonly origin: string;
  /** The line where it begins. */
  readonly line: number;
}

/** An object of the Kubernetes API, as far as the tests read it. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** An object that a program makes. */
export interface MadeObject {
  /** The path of the chart that it lies in. */
  readonly chart: string;
  /** The class and the id of what the user wrote, for example `IngressRoute public`. */
  readonly maker: string;
  readonly manifest: Manifest;
  readonly yaml: string;
}

/** What a program of a page makes. */
export interface Output {
  readonly objects: readonly MadeObject[];
  /** The artefacts, by path. */
  readonly artifacts: { readonly [path: string]: string };
  /** The errors, as they are printed. */
  readonly errors: readonly string[];
  /** The warnings, as they are printed. */
  readonly warnings: readonly string[];
  /** What it prints itself. */
  readonly printed: string;
}

/** The fenced blocks of a page, in their order. */
export function pageBlocks(page: string): Block[] {
  const blocks: Block[] = [];
  let open: { readonly language: string; readonly line: number; readonly text: string[] } | undefined;
  readFileSync(join(ROOT, page), 'utf8').split(/\r?\n/).forEach((text, index) => {
    const fence = /^\s*```(\S*)\s*$/.exec(text);
    if (open && fence?.[1] === '') {
      blocks.push({ language: open.language, text: open.text.join('\n'), origin: `${page}:${open.line}`, line: open.line });
      open = undefined;
    } else if (open) {
      open.text.push(text);
    } else if (fence) {
      open = { language: fence[1], line: index + 1, text: [] };
    }
  });
  if (open) {
    throw new Error(`${page}:${open.line}: the block has no end.`);
  }
  return blocks;
}

/** Runs a program in this process. It writes nothing: what it would write is what comes back. */
export function runProgram({ name, lines }: Snippet): Output {
  const apps: App[] = [];
  const printed: string[] = [];
  const modules: { readonly [name: string]: object } = {
    'cdk8s': instead(jest.requireActual('cdk8s'), 'App', class extends App {
      public constructor(props?: AppProps) {
        super(props);
        apps.push(this);
      }

      public override synth(): void {}
    }),
    'cdk8s-golden-path': instead(library, 'PlatformApp', class extends library.PlatformApp {
      public constructor(props?: library.PlatformAppProps) {
        super(props);
        apps.push(this);
      }

      public override synth(): void {}
    }),
  };
  const { outputText } = ts.transpileModule(lines.map(({ text }) => text).join('\n'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    fileName: `${name}.ts`,
  });
  // The program of a page that this repository holds.
  const run = new Function('require', 'exports', 'console', outputText);
  run((module: string) => modules[module] ?? jest.requireActual(module), {}, { log: (...values: unknown[]) => printed.push(format(...values)) });
  const outputs = apps.map(outputOf);
  return {
    objects: outputs.flatMap(({ objects }) => objects),
    artifacts: Object.assign({}, ...outputs.map(({ artifacts }) => artifacts)),
    errors: outputs.flatMap(({ errors }) => errors),
    warnings: outputs.flatMap(({ warnings }) => warnings),
    printed: printed.join('\n'),
  };
}

/** Whether what a page shows is in what is made: keys may be left out, items of a list may not. */
export function shows(shown: unknown, made: unknown): boolean {
  if (Array.isArray(shown)) {
    return Array.isArray(made) && shown.length === made.length && shown.every((item, index) => shows(item, made[index]));
  }
  if (typeof shown === 'object' && shown !== null) {
    return typeof made === 'object' && made !== null
      && Object.entries(shown).every(([key, value]) => Object.hasOwn(made, key) && shows(value, (made as { [key: string]: unknown })[key]));
  }
  return shown === made;
}

/** A module with another class in the place of one of its own. */
function instead(module: object, name: string, replacement: unknown): object {
  return new Proxy(module, { get: (target, key) => key === name ? replacement : Reflect.get(target, key) });
}

function outputOf(app: App): Output {
  const found = library.Diagnostics.of(app).collect().filter(({ acknowledgedReason }) => acknowledgedReason === undefined);
  const printedAs = (wanted: library.Severity) => found.filter(({ severity }) => severity === wanted)
    .map(({ severity, code, path, property, message, remedy }) =>
      `${severity} ${code} [${property === undefined ? path : `${path} ${property}`}] ${message}\n    ${remedy}`);
  const errors = printedAs(library.Severity.ERROR);
  return {
    objects: errors.length > 0 ? [] : app.charts.flatMap(objectsOf),
    artifacts: errors.length > 0 ? {} : Object.fromEntries(library.Artifacts.of(app).list().map(artifact => [artifact.path, artifact.render()])),
    errors,
    warnings: printedAs(library.Severity.WARNING),
    printed: '',
  };
}

function objectsOf(chart: Chart): MadeObject[] {
  const objects = chart.node.findAll().filter(construct => construct instanceof ApiObject);
  return objects.map(object => {
    const maker = [...object.node.scopes].find(({ node }) => node.scope === chart) ?? object;
    const yaml = Yaml.stringify(object.toJson());
    return { chart: chart.node.path, maker: `${maker.constructor.name} ${maker.node.id}`, manifest: parse(yaml), yaml };
  });
}
