import { DockerfileParser } from 'dockerfile-ast';
import { type DockerfileModel, type Stage } from '../../../lib/images/dockerfile/dockerfile';
import { type Instruction } from '../../../lib/images/dockerfile/instructions';
import { renderDockerfile } from '../../../lib/images/dockerfile/render';
import { text, variable } from '../../../lib/images/dockerfile/text';

const stage = (instructions: readonly Instruction[], overrides: Partial<Stage> = {}): Stage =>
  ({ name: 'final', description: 'is what runs', from: 'scratch', instructions, ...overrides });

const file = (overrides: Partial<DockerfileModel>): DockerfileModel => ({ header: [], arguments: [], stages: [], ...overrides });

/** One instruction as it is written. */
function written(instruction: Instruction): string {
  return renderDockerfile(file({ stages: [stage([instruction])] })).split('FROM scratch AS final\n')[1].trimEnd();
}

test('a whole file', () => {
  const deps = stage([{ instruction: 'WORKDIR', path: '/src' }], {
    name: 'deps',
    description: 'downloads',
    from: { image: text`golang:${variable('GO_VERSION')}-trixie` },
    platform: text`${variable('BUILDPLATFORM')}`,
  });
  const build = stage([{ instruction: 'ARG', names: ['TARGETOS', 'TARGETARCH'] }], { name: 'build', description: 'compiles', from: { stage: deps } });
  expect(renderDockerfile({
    frontend: 'registry.example.com/docker/dockerfile:1',
    header: ['First line', '', '  indented'],
    arguments: [{ name: 'GO_VERSION', default: '1.25.0', description: 'is the Go that compiles' }],
    stages: [deps, build, stage([{ instruction: 'COPY', from: build, sources: ['/out/app'], destination: '/app/app', comment: 'Alone.' }])],
  })).toBe(`# syntax=registry.example.com/docker/dockerfile:1
# check=error=true

# First line
#
#   indented

# GO_VERSION is the Go that compiles
ARG GO_VERSION=1.25.0

# deps downloads
FROM --platform=$BUILDPLATFORM golang:\${GO_VERSION}-trixie AS deps
WORKDIR /src

# build compiles
FROM deps AS build
ARG TARGETOS TARGETARCH

# final is what runs
FROM scratch AS final
# Alone.
COPY --link --from=build /out/app /app/app
`);
});

test('without a frontend the one that is built in reads it', () => {
  expect(renderDockerfile(file({ stages: [stage([])] }))).toBe('# check=error=true\n\n# final is what runs\nFROM scratch AS final\n');
});

const INSTRUCTIONS: [string, Instruction, string][] = [
  ['ENV in order, quoted where it must be', {
    instruction: 'ENV',
    values: { B: 'two words', A: '-mod=readonly', C: text`${variable('A')}:x`, D: '', E: 'a"$\\' },
  }, 'ENV A=-mod=readonly \\\n    B="two words" \\\n    C=${A}:x \\\n    D="" \\\n    E="a\\"\\$\\\\"'],
  ['WORKDIR', { instruction: 'WORKDIR', path: '/src' }, 'WORKDIR /src'],
  ['RUN with mounts', {
    instruction: 'RUN',
    mounts: [
      { type: 'bind', target: '.' },
      { type: 'bind', source: 'go.mod', target: 'go.mod' },
      { type: 'cache', target: '/go/pkg/mod' },
      { type: 'secret', id: 'netrc', target: '/root/.netrc' },
      { type: 'ssh' },
    ],
    commands: [{ words: ['go', 'mod', 'download'] }],
  }, `RUN --mount=type=bind,target=. \\
    --mount=type=bind,source=go.mod,target=go.mod \\
    --mount=type=cache,target=/go/pkg/mod \\
    --mount=type=secret,id=netrc,target=/root/.netrc,required=true \\
    --mount=type=ssh,required=true \\
    go mod download`],
  ['RUN with several commands', { instruction: 'RUN', commands: [{ words: ['a'] }, { words: ['echo', 'b c'], output: '/d' }] }, 'RUN a \\\n    && echo "b c" > /d'],
  ['RUN with a long command', {
    instruction: 'RUN',
    commands: [{ words: ['go', 'build', `-tags=${'x'.repeat(90)}`, '-o', '/out/app', './cmd/app'] }],
  }, `RUN go build \\\n      -tags=${'x'.repeat(90)} \\\n      -o /out/app ./cmd/app`],
  ['COPY', { instruction: 'COPY', sources: ['a', 'b/'], destination: '/c/' }, 'COPY --link a b/ /c/'],
  ['COPY of paths with spaces', { instruction: 'COPY', sources: ['a b'], destination: '/c' }, 'COPY --link ["a b", "/c"]'],
  ['LABEL in order, always quoted', {
    instruction: 'LABEL',
    labels: { 'b.c': 'say "$5"', 'a.b': text`${variable('VERSION')}` },
  }, 'LABEL a.b="${VERSION}" \\\n      b.c="say \\"\\$5\\""'],
  ['LABEL on one line', { instruction: 'LABEL', labels: { a: 'one\n  two' } }, 'LABEL a="one two"'],
  ['EXPOSE', { instruction: 'EXPOSE', ports: [{ number: 53, protocol: 'udp' }, { number: 80, protocol: 'tcp' }] }, 'EXPOSE 53/udp 80'],
  ['USER', { instruction: 'USER', user: 10001, group: 0 }, 'USER 10001:0'],
  ['STOPSIGNAL', { instruction: 'STOPSIGNAL', signal: 'SIGTERM' }, 'STOPSIGNAL SIGTERM'],
  ['HEALTHCHECK', { instruction: 'HEALTHCHECK NONE' }, 'HEALTHCHECK NONE'],
  ['ENTRYPOINT', { instruction: 'ENTRYPOINT', command: ['/app/a', '-b "c"'] }, 'ENTRYPOINT ["/app/a", "-b \\"c\\""]'],
];

test.each(INSTRUCTIONS)('%s', (_, instruction, expected) => {
  expect(written(instruction)).toBe(expected);
});

test('each is one instruction to a parser', () => {
  const whole = renderDockerfile(file({ stages: [stage(INSTRUCTIONS.map(([, instruction]) => instruction))] }));
  const keywords = DockerfileParser.parse(whole).getInstructions().map(instruction => instruction.getKeyword());
  expect(keywords).toEqual(['FROM', ...INSTRUCTIONS.map(([, { instruction }]) => instruction.split(' ')[0])]);
});
