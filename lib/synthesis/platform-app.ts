import * as os from 'os';
import * as path from 'path';
import { type ApiObject, App, type AppProps, type Chart, Names, YamlOutputType } from 'cdk8s';
import { Artifacts } from './artifact';
import { DependencyCycle, type OrderedApp, orderApp, type Survey, surveyApp } from './dependencies';
import { type FileSet, type FileTexts, writeFiles } from './files';
import type { WrittenObject } from './object-yaml';
import { RenderedObjects } from './rendered-objects';
import { joinDocuments } from './yaml';
import { type Diagnostic, formatDiagnostic, Severity } from '../diagnostics/diagnostic';
import { Diagnostics } from '../diagnostics/diagnostics';
import { throwPlain } from '../diagnostics/plain-error';
import type { Report } from '../diagnostics/report';
import { SynthesisError } from '../diagnostics/synthesis-error';
import { Environment } from '../platform/environment';

/** Options of a `PlatformApp`, beside those of a cdk8s `App`. */
export interface PlatformAppProps extends AppProps {
  /**
   * The folder for artefacts: Dockerfiles and what else is no manifest. It must not lie inside `outdir`, where the cdk8s CLI takes
   * every YAML file for a manifest.
   *
   * @default artifacts
   */
  readonly artifactsOutdir?: string;
  /**
   * The one environment to write.
   *
   * @default - the value of the environment variable GOLDEN_PATH_ENVIRONMENT, else all of them
   */
  readonly environment?: string;
}

/**
 * A cdk8s `App` that reports every finding at once, writes the artefacts beside the manifests, gives each environment a folder of its
 * own, and synthesises in linear time. The manifests of an app without environments are byte for byte those of a stock `App`.
 *
 * Diagnostics: `unknown-environment`, `output-path`, `dependency-cycle`, and those of everything in the tree.
 *
 * @example
 * const app = new PlatformApp();
 * new Platform(app, { registry: 'ghcr.io/acme' });
 * app.synth();
 */
export class PlatformApp extends App {
  /** The folder for artefacts. */
  public readonly artifactsOutdir: string;
  private readonly environment?: string;
  private readonly recordsMetadata: boolean;

  public constructor(props: PlatformAppProps = {}) {
    super(props);
    this.artifactsOutdir = props.artifactsOutdir ?? 'artifacts';
    this.recordsMetadata = props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
    const environment = props.environment ?? process.env.GOLDEN_PATH_ENVIRONMENT;
    if (environment) {
      this.environment = environment;
    }
    Diagnostics._check(this, report => {
      if (this.environment !== undefined) {
        this.checkEnvironment(this.environment, report);
      }
      const inside = path.relative(path.resolve(this.outdir), path.resolve(this.artifactsOutdir));
      if (!inside.startsWith('..') && !path.isAbsolute(inside)) {
        report({
          code: 'output-path',
          property: 'artifactsOutdir',
          message: `The artefacts would lie in '${this.outdir}', where every YAML file counts as a manifest.`,
          remedy: 'Name a folder outside it.',
        });
      }
    });
  }

  /** All charts, those first that others depend on. */
  public override get charts(): Chart[] {
    const ordered = orderApp(surveyApp(this));
    if (ordered instanceof DependencyCycle) {
      throwPlain(new SynthesisError([cycleDiagnostic(ordered)]));
    }
    return [...ordered.charts];
  }

  /**
   * Writes all manifests and artefacts, or nothing. Warnings go to standard error.
   *
   * @throws SynthesisError with every error of the app
   */
  public override synth(): void {
    RenderedObjects.during(this, rendered => {
      const { ordered, placements } = this.validated(rendered);
      const sets: FileSet[] = [{
        directory: this.outdir,
        files: this.manifestFiles(ordered, placements, rendered),
        // The cdk8s CLI expects the folder even of an app without charts.
        always: true,
        ...this.environment !== undefined && { only: `${this.environment}/` },
      }];
      const artifacts = Artifacts.of(this);
      const writesArtifacts = !isTemporaryOutput(this.outdir);
      if (writesArtifacts) {
        sets.push({ directory: this.artifactsOutdir, files: artifacts._texts() });
      }
      writeFiles(sets, writesArtifacts ? artifacts._inPlace() : []);
    });
  }

  /** All manifests as one YAML text. */
  public override synthYaml(): string {
    return RenderedObjects.during(this, rendered => {
      const { ordered } = this.validated(rendered);
      return joinDocuments(this.selected(ordered).flatMap(chart => ordered.objects.get(chart) ?? []).map(object => rendered.get(object).yaml));
    });
  }

  /**
   * Every finding about the app: what a synth would say, and what stops it.
   *
   * @internal
   */
  public _findings(): Diagnostic[] {
    return RenderedObjects.during(this, rendered => this.examined(rendered).found);
  }

  private validated(rendered: RenderedObjects): { readonly ordered: OrderedApp; readonly placements: readonly Placed[] } {
    const { found, ordered, placements } = this.examined(rendered);
    if (ordered instanceof DependencyCycle || found.some(({ severity }) => severity === Severity.ERROR)) {
      throwPlain(new SynthesisError(found));
    }
    for (const diagnostic of found) {
      if (diagnostic.severity === Severity.WARNING && diagnostic.acknowledgedReason === undefined) {
        process.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
      }
    }
    return { ordered, placements };
  }

  private examined(rendered: RenderedObjects): Examined {
    let survey!: Survey;
    const found = Diagnostics.of(this)._collect(look => {
      rendered.forget();
      survey = surveyApp(this, look);
      return survey.all;
    });
    const ordered = orderApp(survey);
    if (ordered instanceof DependencyCycle) {
      return { found: [...found, cycleDiagnostic(ordered)], ordered, placements: [] };
    }
    const placements = this.placements(ordered, rendered);
    return { found: [...found, ...collisions(placements)], ordered, placements };
  }

  private checkEnvironment(name: string, report: Report): void {
    const names = this.node.findAll().filter(construct => construct instanceof Environment).map(environment => (environment as Environment).name);
    if (!names.includes(name)) {
      report({
        code: 'unknown-environment',
        property: 'environment',
        message: `The app has no environment '${name}'.`,
        remedy: names.length > 0 ? `Write one of ${names.map(each => `'${each}'`).join(', ')}.` : 'Make it: new Environment(app, …).',
      });
    }
  }

  /** The charts of the wanted environment, or all of them. */
  private selected(ordered: OrderedApp): readonly Chart[] {
    return this.environment === undefined ? ordered.charts : ordered.charts.filter(chart => Environment.of(chart)?.name === this.environment);
  }

  private manifestFiles(ordered: OrderedApp, placements: readonly Placed[], rendered: RenderedObjects): FileTexts {
    const documents = new Map<string, string[]>();
    for (const { file, objects } of placements) {
      const texts = objects.map(object => rendered.get(object).yaml);
      const earlier = documents.get(file);
      if (earlier) {
        texts.forEach(text => earlier.push(text));
      } else {
        documents.set(file, texts);
      }
    }
    const files = new Map([...documents].map(([file, texts]) => [file, () => joinDocuments(texts)]));
    if (this.recordsMetadata) {
      const objects = ordered.charts.flatMap(chart => ordered.objects.get(chart)!);
      const resources = Object.fromEntries(objects.map(object => [object.name, { path: object.node.path }]));
      files.set('construct-metadata.json', () => JSON.stringify({ version: '1.0.0', resources }));
    }
    return files;
  }

  /** Which objects go into which file. */
  private placements(ordered: OrderedApp, rendered: RenderedObjects): Placed[] {
    const placed: Placed[] = [];
    const counters = new Map<string, number>();
    for (const chart of this.selected(ordered)) {
      const environment = Environment.of(chart);
      const folder = environment ? `${environment.name}/` : '';
      const index = counters.get(folder) ?? 0;
      counters.set(folder, index + 1);
      const prefix = ordered.hasDependentCharts ? `${String(index).padStart(4, '0')}-` : '';
      const name = `${prefix}${chartFileName(chart, environment)}`;
      const objects = ordered.objects.get(chart) ?? [];
      const file = (object: ApiObject) => `${resourceFileName(rendered.get(object))}${this.outputFileExtension}`;
      switch (this.yamlOutputType) {
        case YamlOutputType.FILE_PER_APP:
          placed.push({ chart, file: `${folder}app${this.outputFileExtension}`, objects, shared: true });
          break;
        case YamlOutputType.FILE_PER_RESOURCE:
          placed.push(...objects.map(object => ({ chart, file: `${folder}${file(object)}`, objects: [object] })));
          break;
        case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
          placed.push(...objects.map(object => ({ chart, file: `${folder}${name}/${file(object)}`, objects: [object] })));
          break;
        default:
          placed.push({ chart, file: `${folder}${name}${this.outputFileExtension}`, objects });
      }
    }
    return placed;
  }
}

/** What there is to say about an app, and what would be written. */
interface Examined {
  readonly found: Diagnostic[];
  readonly ordered: OrderedApp | DependencyCycle;
  readonly placements: readonly Placed[];
}

interface Placed {
  readonly chart: Chart;
  readonly file: string;
  readonly objects: readonly ApiObject[];
  /** Whether several charts belong into the file. */
  readonly shared?: boolean;
}

/** Files that several would write; stock cdk8s lets the last one win. */
function collisions(placements: readonly Placed[]): Diagnostic[] {
  const byFile = new Map<string, Chart[]>();
  for (const { file, chart, shared } of placements) {
    const writers = byFile.get(file);
    if (!writers) {
      byFile.set(file, [chart]);
    } else if (!shared) {
      writers.push(chart);
    }
  }
  return [...byFile].filter(([, writers]) => writers.length > 1).map(([file, [first, second, ...others]]) => ({
    code: 'output-path',
    severity: Severity.ERROR,
    path: second.node.path,
    message: `'${file}' would be written ${others.length === 0 ? 'twice' : `${others.length + 2} times`}, first by '${first.node.path}'.`,
    remedy: 'Give one of them another id or name, or choose another yamlOutputType.',
  }));
}

/** As cdk8s names a file of one object: by what it renders, since a patch may have renamed it. */
function resourceFileName({ kind, name }: WrittenObject): string {
  return `${kind}.${name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}

/** Below an environment the path of the chart from there, without a hash; else what cdk8s takes. */
function chartFileName(chart: Chart, environment: Environment | undefined): string {
  if (!environment) {
    return Names.toDnsLabel(chart);
  }
  return chart.node.path.slice(environment.node.path.length + 1).split('/').map(part => part.toLowerCase().replace(/[^0-9a-z-_.]/g, '')).join('-');
}

/** `cdk8s synth --stdout` reads the manifests out of a temporary folder and throws it away. */
function isTemporaryOutput(outdir: string): boolean {
  const resolved = path.resolve(outdir);
  return outdir === process.env.CDK8S_OUTDIR && path.dirname(resolved) === path.resolve(os.tmpdir()) && /^cdk8s-\w{6}$/.test(path.basename(resolved));
}

/** As many as one can read. */
const SHOWN_OF_CYCLE = 12;

function cycleDiagnostic({ constructs }: DependencyCycle): Diagnostic {
  const paths = constructs.map(construct => construct.node.path);
  const left = paths.length - SHOWN_OF_CYCLE;
  const shown = left > 1 ? [...paths.slice(0, SHOWN_OF_CYCLE - 1), `… (${left} more)`, paths[paths.length - 1]] : paths;
  return {
    code: 'dependency-cycle',
    severity: Severity.ERROR,
    path: paths[0],
    message: `Each of these depends on the next: ${[...shown, paths[0]].join(' → ')}.`,
    remedy: 'Drop one of the dependencies; services find each other by name, so a connection needs none.',
  };
}
