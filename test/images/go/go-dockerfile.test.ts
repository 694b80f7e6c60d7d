import { type Arg, type Copy, DockerfileParser, type From, type Instruction, JSONInstruction, ModifiableInstruction, type Run } from 'dockerfile-ast';
import { MODULES, type Variant, VARIANTS } from './variants';
import { GoImage } from '../../../lib';
import { dockerfileOf } from '../fake-service';
import { inFolderWith } from '../module-folder';

inFolderWith(MODULES);

/** A stage as the parser sees it. */
interface ParsedStage {
  readonly from: From;
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

function render({ path, options, ports }: Variant): string {
  return dockerfileOf(GoImage.fromModule(path, options), { ...ports && { ports } });
}

function parse(text: string): { readonly globals: readonly Arg[]; readonly stages: readonly ParsedStage[] } {
  const dockerfile = DockerfileParser.parse(text);
  const stages: { from: From; name: string; instructions: Instruction[] }[] = [];
  for (const instruction of dockerfile.getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      const from = instruction as From;
      stages.push({ from, name: from.getBuildStage()!, instructions: [] });
    } else {
      stages.at(-1)?.instructions.push(instruction);
    }
  }
  return { globals: dockerfile.getInitialARGs(), stages };
}

const only = (stage: ParsedStage, keyword: string): Instruction[] => stage.instructions.filter(instruction => instruction.getKeyword() === keyword);
const textsOf = (stage: ParsedStage, keyword: string): string[] => only(stage, keyword).map(instruction => instruction.getArgumentsContent()!);
const flagsOf = (instruction: Instruction): string[] => instruction instanceof ModifiableInstruction ? instruction.getFlags().map(String) : [];

describe.each(VARIANTS)('$name', variant => {
  const runs = (stage: ParsedStage): Run[] => only(stage, 'RUN') as Run[];

  test('reads so', () => {
    expect(render(variant)).toMatchSnapshot();
  });

  test('is checked by BuildKit, every warning an error', () => {
    expect(render(variant).split('\n').slice(0, 3)).toEqual(['# syntax=docker/dockerfile:1', '# check=error=true', '']);
  });

  test('has lower-case stages, of which the last one is final', () => {
    const names = parse(render(variant)).stages.map(({ name }) => name);
    expect(names.filter(name => !/^[a-z]+$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.at(-1)).toBe('final');
  });

  test('builds and lints without arguments', () => {
    const { globals } = parse(render(variant));
    expect(globals.filter(arg => !/^\w+=./.test(arg.getArgumentsContent()!)).map(String)).toEqual([]);
  });

  test('takes every base image by a tag, or from a stage before', () => {
    const { globals, stages } = parse(render(variant));
    const defaults = new Map(globals.map(arg => arg.getArgumentsContent()!.split('=') as [string, string]));
    stages.forEach(({ from }, index) => {
      const image = from.getImage()!.replace(/\$\{(\w+)\}/g, (_, name) => defaults.get(name)!);
      const isStage = stages.slice(0, index).some(({ name }) => name === image);
      expect(isStage || image === 'scratch' || /:(?!latest$)[\w.-]+$/.test(image)).toBe(true);
    });
  });

  test('compiles where it is built and runs nothing elsewhere', () => {
    const { stages } = parse(render(variant));
    for (const stage of stages) {
      const platform = stage.from.getPlatformFlag()?.getValue();
      expect(platform ?? (runs(stage).length > 0 ? 'from a stage' : undefined)).toBe(
        /golang:/.test(stage.from.getImage()!) ? '$BUILDPLATFORM' : stage.from.getImage() === 'deps' ? 'from a stage' : undefined);
    }
  });

  test('learns the platform only after the modules are there', () => {
    const { stages } = parse(render(variant));
    const all = stages.flatMap(stage => stage.instructions.map(instruction => instruction.toString()));
    const platform = all.findIndex(instruction => instruction.startsWith('ARG TARGETOS TARGETARCH'));
    expect(platform).toBeGreaterThan(all.findIndex(instruction => instruction.includes('go mod download')));
    expect(platform).toBeLessThan(all.findIndex(instruction => instruction.includes('go build')));
  });

  test('mounts its sources and caches, and copies no source into a layer', () => {
    const { stages } = parse(render(variant));
    const build = stages.find(({ name }) => name === 'build')!;
    expect(stages.filter(({ name }) => ['deps', 'build'].includes(name)).flatMap(stage => only(stage, 'COPY'))).toEqual([]);
    expect(flagsOf(runs(build).at(-1)!)).toEqual(expect.arrayContaining(['--mount=type=bind,target=/src', '--mount=type=cache,target=/root/.cache/go-build']));
  });

  test('copies by layers of their own from stages before', () => {
    const { stages } = parse(render(variant));
    stages.forEach((stage, index) => {
      expect(only(stage, 'ADD')).toEqual([]);
      for (const copy of only(stage, 'COPY') as Copy[]) {
        expect(flagsOf(copy)[0]).toBe('--link');
        const from = copy.getFlags().find(flag => flag.getName() === 'from')?.getValue() ?? undefined;
        expect(from === undefined || stages.slice(0, index).some(({ name }) => name === from)).toBe(true);
      }
    });
  });

  test.each(['debug', 'final'])('ends with a number for a user and a program without a shell: %s', name => {
    const stage = parse(render(variant)).stages.find(each => each.name === name);
    if (!stage) {
      return;
    }
    expect(textsOf(stage, 'USER')).toEqual(['65532:65532']);
    expect(textsOf(stage, 'WORKDIR')).toEqual(['/app']);
    expect(textsOf(stage, 'STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(textsOf(stage, 'HEALTHCHECK')).toEqual(['NONE']);
    const [entrypoint] = only(stage, 'ENTRYPOINT') as JSONInstruction[];
    const [program, ...others] = entrypoint.getJSONStrings().map(each => each.getJSONValue());
    expect(others).toEqual([]);
    expect(textsOf(stage, 'COPY').map(copy => copy.split(' ').at(-1))).toContain(program);
    expect(textsOf(stage, 'CMD')).toEqual([]);
  });
});

describe('what a variant is about', () => {
  const stagesOf = (name: string): readonly ParsedStage[] => parse(render(VARIANTS.find(variant => variant.name === name)!)).stages;
  const stageOf = (name: string, stage: string): ParsedStage => stagesOf(name).find(each => each.name === stage)!;

  test('the stages', () => {
    expect(Object.fromEntries(VARIANTS.map(({ name }) => [name, stagesOf(name).map(stage => stage.name).join(' ')]))).toEqual({
      'distroless': 'deps build debug final',
      'scratch': 'deps build debug final',
      'scratch with a folder for temporary files': 'deps build final',
      'alpine': 'deps build final',
      'another base': 'deps build final',
      'no go.sum': 'deps build debug final',
      'vendored': 'build debug final',
      'private modules by SSH': 'deps build debug final',
      'private modules by netrc': 'deps build debug final',
      'private modules of an open network': 'deps build debug final',
      'everything': 'deps build debug final',
    });
  });

  test('without a go.sum none is mounted', () => {
    expect(flagsOf(only(stageOf('distroless', 'deps'), 'RUN')[0])).toContain('--mount=type=bind,source=go.sum,target=/src/go.sum');
    expect(flagsOf(only(stageOf('no go.sum', 'deps'), 'RUN')[0])).toEqual([
      '--mount=type=bind,source=go.mod,target=/src/go.mod',
      '--mount=type=cache,target=/go/pkg/mod',
    ]);
  });

  test('vendored modules are not downloaded', () => {
    expect(textsOf(stageOf('vendored', 'build'), 'ENV')[0]).toContain('GOFLAGS=-mod=vendor');
    expect(render(VARIANTS.find(({ name }) => name === 'vendored')!)).not.toMatch(/go mod download|\/go\/pkg\/mod/);
  });

  test('credentials are mounted wherever modules may be fetched, and stay in no layer', () => {
    const credentials = (name: string): string[][] => ['deps', 'build'].map(stage =>
      flagsOf(only(stageOf(name, stage), 'RUN').at(-1)!).filter(flag => /type=(ssh|secret)/.test(flag)));
    const ssh = ['--mount=type=ssh,required=true', '--mount=type=secret,id=known_hosts,target=/etc/ssh/ssh_known_hosts,required=true'];
    const netrc = ['--mount=type=secret,id=netrc,target=/root/.netrc,required=true'];
    expect(credentials('private modules by SSH')).toEqual([ssh, ssh]);
    expect(credentials('private modules by netrc')).toEqual([netrc, netrc]);
    expect(credentials('private modules of an open network')).toEqual([[], []]);
  });

  test('git asks each private host once by SSH', () => {
    const [rewrite] = textsOf(stageOf('private modules by SSH', 'deps'), 'RUN');
    expect(rewrite.match(/insteadOf \S+/g)).toEqual(['insteadOf https://git.example.com/', 'insteadOf https://github.com/']);
  });

  test('an image from nothing brings what a static program expects', () => {
    const destinations = textsOf(stageOf('scratch', 'final'), 'COPY').map(copy => copy.split(' ').at(-1));
    expect(destinations).toEqual(['/etc/ssl/certs/ca-certificates.crt', '/usr/share/zoneinfo/', '/', '/app/server']);
    expect(textsOf(stageOf('scratch', 'build'), 'RUN')[0]).not.toContain('/tmp');
    expect(textsOf(stageOf('scratch with a folder for temporary files', 'build'), 'RUN')[0]).toContain('install -d -m 1777 /rootfs/tmp');
  });

  test('ports come in order, datagrams with their protocol', () => {
    expect(textsOf(stageOf('everything', 'final'), 'EXPOSE')).toEqual(['5353/udp 8080 9090']);
    expect(textsOf(stageOf('no go.sum', 'final'), 'EXPOSE')).toEqual([]);
  });
});

