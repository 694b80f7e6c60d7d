import { type DockerfileModel, type GlobalArgument, type Stage } from './dockerfile';
import { type CopyInstruction, type ExposedPort, type Instruction, type RunInstruction, type ScriptInstruction } from './instructions';
import { type Mount } from './mounts';
import { type Command, renderWords } from './shell';
import { partsOf, type Text } from './text';
import { sortedEntries } from '../../definition/json';

/** A command that is longer than this gets a line for each flag. */
const LINE = 100;

/** The canonical text of a Dockerfile. */
export function renderDockerfile({ frontend, header, arguments: globals, stages }: DockerfileModel): string {
  const directives = [...frontend ? [`# syntax=${frontend}`] : [], '# check=error=true'];
  return [
    directives,
    comment(header),
    globals.flatMap(renderGlobal),
    ...stages.map(renderStage),
  ].filter(block => block.length > 0).map(block => `${block.join('\n')}\n`).join('\n');
}

function renderGlobal({ name, default: value, description }: GlobalArgument): string[] {
  return [...comment([`${name} ${description}`]), `ARG ${name}=${word(value)}`];
}

function renderStage(stage: Stage): string[] {
  const { name, description, from, platform, instructions } = stage;
  const flag = platform === undefined ? '' : `--platform=${bare(platform)} `;
  const base = from === 'scratch' ? from : 'stage' in from ? from.stage.name : bare(from.image);
  return [
    ...comment([`${name} ${description}`]),
    `FROM ${flag}${base} AS ${name}`,
    ...instructions.flatMap((instruction, index) => [
      ...'comment' in instruction && instruction.comment !== undefined ? comment([instruction.comment]) : [],
      renderInstruction(instruction),
      // Some parsers want to see where a here-document ends.
      ...endsWithHeredoc(instruction) && index < instructions.length - 1 ? [''] : [],
    ]),
  ];
}

function endsWithHeredoc(instruction: Instruction): boolean {
  return instruction.instruction === 'RUN <<' || (instruction.instruction === 'RAW' && /<<-?["']?[A-Za-z_]/.test(instruction.text));
}

function renderInstruction(instruction: Instruction): string {
  switch (instruction.instruction) {
    case 'ARG':
      return `ARG ${instruction.names.join(' ')}`;
    case 'ENV':
      return pairs('ENV', sortedEntries(instruction.values).map(([name, value]) => `${name}=${word(value)}`));
    case 'WORKDIR':
      return `WORKDIR ${instruction.path}`;
    case 'RUN':
      return renderRun(instruction);
    case 'RUN <<':
      return renderScript(instruction);
    case 'RAW':
      return instruction.text.replace(/\s+$/, '');
    case 'COPY':
      return renderCopy(instruction);
    case 'LABEL':
      return pairs('LABEL', sortedEntries(instruction.labels).map(([name, value]) => `${name}=${quoted(value)}`));
    case 'EXPOSE':
      return `EXPOSE ${instruction.ports.map(renderPort).join(' ')}`;
    case 'USER':
      return `USER ${instruction.user}:${instruction.group}`;
    case 'STOPSIGNAL':
      return `STOPSIGNAL ${instruction.signal}`;
    case 'HEALTHCHECK NONE':
      return 'HEALTHCHECK NONE';
    case 'ENTRYPOINT':
      return `ENTRYPOINT ${list(instruction.command)}`;
  }
}

function renderRun({ mounts = [], commands }: RunInstruction): string {
  const flags = mounts.map(renderMount);
  const lines = commands.map((command, index) => `${index === 0 ? '' : '&& '}${renderCommand(command)}`);
  return `RUN ${[...flags, ...lines].join(' \\\n    ')}`;
}

function renderScript({ mounts = [], lines }: ScriptInstruction): string {
  const flags = mounts.map(renderMount);
  return [`RUN ${[...flags, '<<EOT'].join(' \\\n    ')}`, 'set -eu', ...lines, 'EOT'].join('\n');
}

function renderCommand(command: Command): string {
  const words = renderWords(command);
  const line = words.join(' ');
  return line.length <= LINE ? line : words.reduce((text, next) => `${text}${next.startsWith('-') ? ' \\\n      ' : ' '}${next}`);
}

function renderMount(mount: Mount): string {
  const { type } = mount;
  switch (type) {
    case 'bind':
      return `--mount=type=bind${mount.source === undefined ? '' : `,source=${mount.source}`},target=${mount.target}${mount.writable ? ',rw' : ''}`;
    case 'cache':
      return `--mount=type=cache${mount.id === undefined ? '' : `,id=${bare(mount.id)}`},target=${mount.target}${mount.locked ? ',sharing=locked' : ''}`;
    case 'secret':
      return `--mount=type=secret,id=${mount.id}${mount.target === undefined ? '' : `,target=${mount.target}`}${mount.env === undefined ? '' : `,env=${mount.env}`},required=true`;
    case 'ssh':
      return '--mount=type=ssh,required=true';
  }
}

function renderCopy({ from, owner, sources, destination }: CopyInstruction): string {
  const paths = [...sources, destination];
  const operands = paths.some(path => /\s/.test(path)) ? list(paths) : paths.join(' ');
  const origin = from && ('image' in from ? from.image : from.name);
  const flags = [...origin === undefined ? [] : [`--from=${origin}`], ...owner ? [`--chown=${owner.user}:${owner.group}`] : []];
  return `COPY --link ${[...flags, operands].join(' ')}`;
}

function renderPort({ number, protocol }: ExposedPort): string {
  return protocol === 'tcp' ? String(number) : `${number}/${protocol}`;
}

function comment(lines: readonly string[]): string[] {
  return lines.map(line => line === '' ? '#' : `# ${oneLine(line)}`);
}

/** One pair a line, below each other. */
function pairs(instruction: string, rendered: readonly string[]): string {
  return `${instruction} ${rendered.join(` \\\n${' '.repeat(instruction.length + 1)}`)}`;
}

function list(words: readonly string[]): string {
  return `[${words.map(each => JSON.stringify(each)).join(', ')}]`;
}

/** A text where nothing can be quoted: an image or a flag. */
function bare(value: Text): string {
  const parts = partsOf(value);
  return parts.map(part => typeof part === 'string' ? part : parts.length === 1 ? `$${part.variable}` : `\${${part.variable}}`).join('');
}

/** A text that is quoted where it must be. */
function word(value: Text): string {
  const parts = partsOf(value);
  const isPlain = parts.some(part => part !== '') && parts.every(part => typeof part !== 'string' || /^[\w%+,./:@=*-]*$/.test(part));
  return isPlain ? bare(value) : quoted(value);
}

function quoted(value: Text): string {
  const inner = partsOf(value).map(part => typeof part === 'string' ? oneLine(part).replace(/[\\"$]/g, '\\$&') : `\${${part.variable}}`);
  return `"${inner.join('')}"`;
}

/** A Dockerfile knows no line break inside a value. */
function oneLine(value: string): string {
  return value.replace(/\s*[\r\n]+\s*/g, ' ');
}
