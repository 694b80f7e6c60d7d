import { type Copy, DockerfileParser, type From, type Instruction, type JSONInstruction } from 'dockerfile-ast';

const KEYWORDS = new Set(['ARG', 'FROM', 'WORKDIR', 'ENV', 'RUN', 'COPY', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'USER', 'ENTRYPOINT', 'LABEL', 'VOLUME']);
const SECRET = /password|secret|token|api_?key|(^|_)(auth|credentials?|passwd)(_|$)/i;

/** What a parser, and whoever knows Dockerfiles, finds wrong with one. */
export function dockerfileErrors(text: string): string[] {
  const parsed = DockerfileParser.parse(text);
  const errors: string[] = [];
  const stages: { readonly name: string; readonly instructions: Instruction[] }[] = [];
  const directives = parsed.getDirectives().map(directive => directive.toString());
  if (!directives.some(directive => /check=error=true/.test(directive))) {
    errors.push('warnings are no errors');
  }
  for (const instruction of parsed.getInstructions()) {
    const line = `line ${instruction.getRange().start.line + 1}`;
    if (!KEYWORDS.has(instruction.getKeyword())) {
      errors.push(`${line}: '${instruction.getKeyword()}' is no instruction that is written here`);
    } else if (instruction.getKeyword() === 'FROM') {
      const from = instruction as From;
      errors.push(...fromErrors(from, stages.map(({ name }) => name)).map(error => `${line}: ${error}`));
      stages.push({ name: from.getBuildStage() ?? '', instructions: [] });
    } else {
      errors.push(...instructionErrors(instruction, stages.map(({ name }) => name)).map(error => `${line}: ${error}`));
      stages.at(-1)?.instructions.push(instruction);
    }
  }
  return [...errors, ...lastStageErrors(stages.at(-1))];
}

function fromErrors(from: From, earlier: readonly string[]): string[] {
  const [image, stage] = [from.getImage() ?? '', from.getBuildStage()];
  return [
    ...stage && /^[a-z][a-z0-9-]*$/.test(stage) && !earlier.includes(stage) ? [] : [`'${stage}' names no stage`],
    ...earlier.includes(image) || image === 'scratch' || /:(?!latest$)[\w.${}-]+$|@sha256:[0-9a-f]{64}$/.test(image) ? [] : [`'${image}' is neither a stage before it nor an image with a tag`],
  ];
}

function instructionErrors(instruction: Instruction, stages: readonly string[]): string[] {
  const content: string = instruction.getArgumentsContent() ?? '';
  switch (instruction.getKeyword()) {
    case 'ARG':
    case 'ENV':
      return [...content.matchAll(/(?:^|\s)([A-Za-z_]\w*)(?==|\s|$)/g)].filter(([, name]) => SECRET.test(name)).map(([, name]) => `'${name}' is secret`);
    case 'COPY': {
      // The parser's own getter sees the first flag alone.
      const from = (instruction as Copy).getFlags().find(flag => flag.getName() === 'from')?.getValue() ?? undefined;
      return from === undefined || stages.slice(0, -1).includes(from) || /:[\w.-]+(@|$)/.test(from) ? [] : [`'${from}' is no stage before it`];
    }
    case 'WORKDIR':
      return content.startsWith('/') ? [] : [`'${content}' is relative`];
    case 'USER':
      return /^[1-9]\d*:\d+$/.test(content) ? [] : [`user '${content}' is none, or root`];
    case 'EXPOSE':
      return content.split(' ').every(port => /^\d+(\/(udp|sctp))?$/.test(port) && parseInt(port) >= 1 && parseInt(port) <= 65535) ? [] : [`'${content}' are no ports`];
    case 'ENTRYPOINT':
      return (instruction as JSONInstruction).getJSONStrings().length > 0 ? [] : ['the entrypoint is no list'];
    default:
      return [];
  }
}

/** Without these an image runs as root, or nothing. */
function lastStageErrors(stage: { readonly name: string; readonly instructions: readonly Instruction[] } | undefined): string[] {
  const keywords = stage?.instructions.map(instruction => instruction.getKeyword()) ?? [];
  return [
    ...stage?.name === 'final' ? [] : ['the last stage is not the final one'],
    ...['USER', 'ENTRYPOINT', 'STOPSIGNAL', 'WORKDIR', 'LABEL'].filter(keyword => keywords.filter(each => each === keyword).length !== 1).map(keyword => `the final stage has not exactly one ${keyword}`),
  ];
}
