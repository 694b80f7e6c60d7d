import { type ComposeFile, type ComposeService, readComposeFile } from './compose-file';
import { findGoPrograms, type GoFindings, type GoProgram } from './go-programs';
import { isSecretLiteral } from '../../definition/secret-names';
import { splitReference } from '../../images/image-base';
import { below, lastPart } from '../../images/source-folder';

/** A program, and what else is known of how it runs. */
export interface HintedProgram extends GoProgram {
  /** Variables that can stand in a manifest as they are. */
  readonly environment: { readonly [name: string]: string };
  /** Variables whose values cannot: secrets, addresses, what comes from elsewhere. */
  readonly unset: readonly string[];
  /** Where the variables are from. */
  readonly composeFile?: string;
}

/** What a folder tells of the project that it wants. */
export interface Hints extends Omit<GoFindings, 'programs'> {
  readonly programs: readonly HintedProgram[];
  /** What runs beside the programs, each as a comment for the code. */
  readonly neighbours: readonly string[];
}

/** Backing services of this library, by the last part of their images. */
const BACKING: { readonly [image: string]: string } = {
  'cp-kafka': 'Kafka',
  'elasticsearch': 'Elasticsearch',
  'etcd': 'Etcd',
  'kafka': 'Kafka',
  'minio': 'Minio',
  'mongo': 'MongoDb',
  'mongodb': 'MongoDb',
  'mysql': 'MySql',
  'nats': 'Nats',
  'postgres': 'Postgres',
  'postgresql': 'Postgres',
  'rabbitmq': 'RabbitMq',
  'redis': 'Redis',
};
const ENV_NAME = /^[A-Za-z_]\w*$/;
/** What leads somewhere: a connection says it, by the names that things have in the cluster. */
const ADDRESS = /:\/\/|^[\w.-]+:\d+$/;
const ADDRESS_NAME = /(^|_)(HOST|HOSTNAME|ADDR|ADDRESS)$/;

/** Looks at everything in a folder that says something about its programs. */
export function readHints(directory: string): Hints {
  const findings = findGoPrograms(directory);
  const compose = readComposeFile(directory);
  return compose === undefined
    ? { ...findings, programs: findings.programs.map(program => ({ ...program, environment: {}, unset: [] })), neighbours: [] }
    : withCompose(findings, compose);
}

function withCompose(findings: GoFindings, { file, services, fault }: ComposeFile): Hints {
  const matches = new Map<GoProgram, ComposeService>();
  const others = services.filter(service => {
    const program = programOf(service, findings.programs.filter(each => !matches.has(each)));
    if (program !== undefined) {
      matches.set(program, service);
    }
    return program === undefined;
  });
  const built = others.filter(({ builtFrom }) => builtFrom.length > 0);
  return {
    ...findings,
    programs: findings.programs.map(program => {
      const service = matches.get(program);
      return service === undefined ? { ...program, environment: {}, unset: [] } : withService(program, service, file, services);
    }),
    neighbours: others.filter(service => !built.includes(service)).map(service => neighbour(service, file)),
    remarks: [
      ...findings.remarks,
      ...fault === undefined ? [] : [`${file} is left out: ${fault}.`],
      ...built.map(({ name }) => `${file} builds '${name}', which is no Go program: it is left out.`),
    ],
  };
}

/** The program that a service of a compose file runs: the one that is built from its folder, else the one of its name there. */
function programOf({ name, builtFrom }: ComposeService, programs: readonly GoProgram[]): GoProgram | undefined {
  const own = (program: GoProgram): string => below(program.module, program.main?.slice(2) ?? '');
  for (const folder of builtFrom) {
    const exact = programs.find(program => own(program) === folder && program.main !== undefined);
    const there = programs.filter(program => program.module === folder);
    const found = exact ?? (there.length === 1 ? there[0] : there.find(program => isCalled(program, name)));
    if (found !== undefined) {
      return found;
    }
  }
  return builtFrom.length > 0 ? programs.find(program => isCalled(program, name)) : undefined;
}

function isCalled({ names, main }: GoProgram, name: string): boolean {
  return [...names, lastPart(main ?? '')].includes(name);
}

function withService(program: GoProgram, { environment, ports }: ComposeService, file: string, services: readonly ComposeService[]): HintedProgram {
  const hosts = services.map(({ name }) => name);
  const isPlain = (name: string, value: string | undefined): value is string => value !== undefined && ENV_NAME.test(name)
    && !isSecretLiteral(name, value) && !value.includes('$') && !ADDRESS.test(value) && !ADDRESS_NAME.test(name) && !hosts.includes(value);
  const entries = [...environment];
  // What the program is told counts more than what its image says.
  const told = /^\d{2,5}$/.test(environment.get('PORT') ?? '') ? [Number(environment.get('PORT'))] : [];
  const listens = [...new Set([...told, ...ports])];
  return {
    ...program,
    ...(program.ports.tcp.length === 0 ? listens : told).length > 0 && { ports: { tcp: listens, file } },
    environment: Object.fromEntries(entries.filter((entry): entry is [string, string] => isPlain(...entry))),
    unset: entries.filter(([name, value]) => !isPlain(name, value)).map(([name]) => name),
    composeFile: file,
  };
}

function neighbour({ name, image = 'something' }: ComposeService, file: string): string {
  const { repository, tag } = splitReference(image);
  const kind = BACKING[lastPart(repository)];
  const version = /^(?:\d[\w.]*|RELEASE\.[\w-]+)/.exec(tag ?? '')?.[0];
  const runs = `${file} runs ${image} as '${name}'`;
  return kind === undefined
    ? `${runs}: connectTo(External.host(…)) where it runs elsewhere.`
    : `${runs}: new ${kind}(chart, '${name}', { version: '${version ?? '…'}' }), and connectTo it.`;
}
