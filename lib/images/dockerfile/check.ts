import { type DockerfileModel, type Stage } from './dockerfile';
import { type CopyInstruction, type Instruction, type RawInstruction } from './instructions';
import { type ParsedInstruction, parseInstructions } from './raw';
import { looksLikeSecret } from '../../definition/secret-names';
import { type Fault, type Report } from '../../diagnostics/report';

/** Words by which BuildKit and hadolint tell a secret, beside those of our own. */
const SECRET_WORD = /password|secret|token|private|api_key|(^|_)(apikey|auth|credentials?|key|pword|passwd)(_|$)/i;
/** What a stage is made for, and what only the library writes. */
const OWN = new Set(['CMD', 'ENTRYPOINT', 'FROM', 'HEALTHCHECK', 'ONBUILD', 'SHELL', 'STOPSIGNAL', 'USER']);
const PORT = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/;

/** Whether the name of a build argument or of a variable says that it holds a secret, to us or to the linters. */
export function namesSecret(name: string): boolean {
  return looksLikeSecret(name) || SECRET_WORD.test(name);
}

/** Whether the commands of a stage have a shell that runs them. */
export function hasShell({ from, shell }: Stage): boolean {
  return shell ?? (from === 'scratch' ? false : 'stage' in from ? hasShell(from.stage) : true);
}

/** Reports what is wrong with a Dockerfile, whoever wrote it. */
export function checkDockerfile({ arguments: globals, stages }: DockerfileModel, report: Report): void {
  globals.filter(({ name }) => namesSecret(name)).forEach(({ name }) => report(secret('ARG', name)));
  stages.forEach((stage, index) => {
    const earlier = stages.slice(0, index);
    const here: Report = fault => report({ ...fault, message: `Stage '${stage.name}': ${fault.message}` });
    if (earlier.some(({ name }) => name === stage.name)) {
      here(wrong('there is another stage of this name.', 'Give each stage its own name.'));
    }
    if (typeof stage.from === 'object' && 'stage' in stage.from && !earlier.includes(stage.from.stage)) {
      here(wrong(`it begins with '${stage.from.stage.name}', which is no stage before it.`, 'Begin it with an image or an earlier stage.'));
    }
    stage.instructions.forEach(instruction => checkInstruction(instruction, stage, stages, here, report));
  });
}

function checkInstruction(instruction: Instruction, stage: Stage, stages: readonly Stage[], here: Report, report: Report): void {
  switch (instruction.instruction) {
    case 'RAW':
      checkRaw(instruction, stage, stages, report);
      break;
    case 'ENV':
      Object.keys(instruction.values).filter(namesSecret).forEach(name => here(secret('ENV', name)));
      break;
    case 'ARG':
      instruction.names.filter(namesSecret).forEach(name => here(secret('ARG', name)));
      break;
    case 'WORKDIR':
      checkWorkdir(instruction.path, here);
      break;
    case 'EXPOSE':
      instruction.ports.forEach(({ number }) => checkPort(String(number), here));
      break;
    case 'COPY':
      checkCopy(instruction, stage, stages, here);
      break;
    case 'ENTRYPOINT':
      if (instruction.command.length === 0) {
        here(wrong('its entrypoint is empty.', 'Name the program and its arguments.'));
      }
      break;
    case 'USER':
      checkUser(`${instruction.user}:${instruction.group}`, here);
      break;
    case 'RUN':
    case 'RUN <<':
      if (!hasShell(stage)) {
        here(wrong('it runs a command, but its base has no shell.', 'Run it in a stage before and copy what it makes.'));
      }
      break;
    default:
  }
}

function checkCopy({ from }: CopyInstruction, stage: Stage, stages: readonly Stage[], report: Report): void {
  if (from && !('image' in from)) {
    checkOrigin(from.name, stage, stages, report);
  }
}

/** Something can only be copied out of what is finished. A name with a tag, a digest or a path is that of an image. */
function checkOrigin(name: string, stage: Stage, stages: readonly Stage[], report: Report): void {
  const [own, origin] = [stages.indexOf(stage), stages.findIndex(each => each.name === name)];
  const earlier = stages.slice(0, own).map(each => `'${each.name}'`);
  if (origin >= own) {
    report(wrong(`it copies from '${name}', which is not finished before it.`, earlier.length > 0 ? `Copy from ${earlier.join(' or ')}.` : 'Copy from the build context.'));
  } else if (origin < 0 && !/[:@/]/.test(name)) {
    report(wrong(`it copies from '${name}', which is no stage.`, `Copy from ${[...earlier, "an image with its tag, for example 'busybox:1.37.0'"].join(' or ')}.`));
  }
}

function checkWorkdir(path: string, report: Report): void {
  if (!path.startsWith('/') && !path.startsWith('$')) {
    report(wrong(`its WORKDIR '${path}' is relative, so it depends on the base.`, `Write it in full, for example '/app/${path.replace(/^\.\/*/, '')}'.`));
  }
}

function checkPort(text: string, report: Report): void {
  const [, first, last = first] = PORT.exec(text) ?? [];
  if (first === undefined || ![first, last].every(number => Number(number) >= 1 && Number(number) <= 65535)) {
    report(wrong(`it exposes '${text}', which is no port.`, "Write a number from 1 to 65535, with '/udp' or '/sctp' where it is not TCP."));
  }
}

function checkUser(text: string, report: Report): void {
  if (!/^\d+(:\d+)?$/.test(text)) {
    report(wrong(`its USER '${text}' is a name, and Kubernetes cannot tell whether that is root.`, "Write user and group as numbers, for example '65532:65532'."));
  }
}

/** What a user has written at one of the points for it. */
function checkRaw({ text, property }: RawInstruction, stage: Stage, stages: readonly Stage[], report: Report): void {
  const here: Report = fault => report({ ...fault, property });
  const parsed = parseInstructions(text);
  if (parsed.length === 0) {
    here(wrong('There is no instruction in it.', "Write a whole instruction, for example 'RUN apt-get update'."));
  }
  for (const each of parsed) {
    if (typeof each === 'string') {
      here(wrong(each, "Write a whole instruction, for example 'RUN apt-get update'."));
    } else {
      checkParsed(each, stage, stages, here);
    }
  }
}

function checkParsed(parsed: ParsedInstruction, stage: Stage, stages: readonly Stage[], report: Report): void {
  const { keyword, flags, text, list } = parsed;
  const from = flags.find(({ name }) => name === 'from')?.value;
  if (['ENTRYPOINT', 'CMD'].includes(keyword) && list === undefined && !hasShell(stage)) {
    report(wrong(`${keyword} '${text}' takes a shell, and '${stage.name}' has none.`, 'Write it as a list, for example ["/app/server", "-v"].'));
  } else if (keyword === 'USER') {
    checkUser(text, report);
  }
  if (OWN.has(keyword)) {
    report(wrong(`${keyword} is written by the library, from the definition of the service.`, remedyFor(keyword)));
    return;
  }
  switch (keyword) {
    case 'ADD':
      report(wrong('ADD unpacks and downloads without being asked.', 'Write COPY, or RUN with a download whose checksum is verified.'));
      break;
    case 'ARG':
    case 'ENV':
      namesIn(keyword, text).filter(namesSecret).forEach(name => report(secret(keyword, name)));
      break;
    case 'WORKDIR':
      checkWorkdir(text, report);
      break;
    case 'EXPOSE':
      text.split(/\s+/).forEach(port => checkPort(port, report));
      break;
    case 'COPY':
      if (from !== undefined) {
        checkOrigin(from, stage, stages, report);
      }
      break;
    case 'RUN':
      if (!hasShell(stage) && list === undefined) {
        report(wrong(`RUN takes a shell, and '${stage.name}' has none.`, "Run it 'beforeBuild' and copy what it makes: COPY --from=build."));
      }
      break;
    default:
  }
}

function remedyFor(keyword: string): string {
  switch (keyword) {
    case 'USER':
      return "Write 'security.user' and 'security.group' of the service.";
    case 'ENTRYPOINT':
    case 'CMD':
      return "Write 'command' and 'args' of the service.";
    case 'HEALTHCHECK':
      return "Write 'health' of the service.";
    case 'STOPSIGNAL':
      return "Write 'stopSignal' of the image.";
    default:
      return 'Leave it out.';
  }
}

/** The names that ARG or ENV sets, in either of its forms. */
function namesIn(keyword: string, text: string): string[] {
  const plain = text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""');
  const pairs = [...plain.matchAll(/(?:^|\s)([A-Za-z_]\w*)(?==|\s|$)/g)].map(([, name]) => name);
  return keyword === 'ENV' && !/^\S+=/.test(text) ? pairs.slice(0, 1) : pairs;
}

function secret(keyword: string, name: string): Fault {
  return {
    code: 'invalid-dockerfile',
    message: `${keyword} '${name}' looks like a secret, and everybody who has the image can read it.`,
    remedy: "Mount it for the one command that needs it: 'secrets', or '--mount=type=secret,id=…'.",
  };
}

function wrong(message: string, remedy: string): Fault {
  return { code: 'invalid-dockerfile', message, remedy };
}
