import { checkDockerfile } from '../../../lib/images/dockerfile/check';
import { type DockerfileModel, type Stage } from '../../../lib/images/dockerfile/dockerfile';
import { type Instruction } from '../../../lib/images/dockerfile/instructions';

const stage = (name: string, instructions: readonly Instruction[], from: Stage['from'] = { image: 'debian:13' }, shell?: boolean): Stage =>
  ({ name, description: '', from, instructions, ...shell !== undefined && { shell } });

function faults(stages: readonly Stage[], others: Partial<DockerfileModel> = {}): string[] {
  const found: string[] = [];
  checkDockerfile({ header: [], arguments: [], stages, ...others }, ({ code, property, message, remedy }) =>
    found.push(`${code}${property === undefined ? '' : ` [${property}]`}: ${message} ${remedy}`));
  return found;
}

const build = stage('build', []);
const distroless: Stage['from'] = { image: 'gcr.io/distroless/static-debian13:nonroot' };
const raw = (text: string): Instruction => ({ instruction: 'RAW', text, property: 'instructions.finalStage[0]' });

test('nothing is wrong with what is right', () => {
  expect(faults([build, stage('final', [
    { instruction: 'WORKDIR', path: '/app' },
    { instruction: 'COPY', from: build, sources: ['/out/app'], destination: '/app/app' },
    { instruction: 'COPY', from: { image: 'busybox:1.37.0' }, sources: ['/bin/busybox'], destination: '/busybox' },
    { instruction: 'EXPOSE', ports: [{ number: 8080, protocol: 'tcp' }] },
    { instruction: 'USER', user: 65532, group: 65532 },
    { instruction: 'ENTRYPOINT', command: ['/app/app'] },
    raw('COPY --from=build /out/more /app/more'),
    raw('COPY --from=busybox:1.37.0 /bin/busybox /busybox'),
    raw('ENV TZ=Europe/Berlin LEVEL="the token of the day"'),
    raw('EXPOSE 9090 53/udp 6000-6010'),
    raw('WORKDIR $HOME'),
    raw('RUN ["/app/app", "-migrate"]'),
    raw('# a comment\nCOPY <<EOT /etc/motd\nEXPOSE nothing\nEOT'),
  ], distroless, false)])).toEqual([]);
});

test.each<[string, readonly Stage[], string]>([
  ['a name that is taken', [build, stage('build', [])], "invalid-dockerfile: Stage 'build': there is another stage of this name. Give each stage its own name."],
  ['a base that comes later', [stage('final', [], { stage: build }), build], "invalid-dockerfile: Stage 'final': it begins with 'build', which is no stage before it. Begin it with an image or an earlier stage."],
  ['a copy from a later stage', [stage('final', [{ instruction: 'COPY', from: build, sources: ['a'], destination: '/a' }]), build],
    "invalid-dockerfile: Stage 'final': it copies from 'build', which is not finished before it. Copy from the build context."],
  ['a copy from a stage that is none', [build, stage('final', [{ instruction: 'COPY', from: stage('other', []), sources: ['a'], destination: '/a' }])],
    "invalid-dockerfile: Stage 'final': it copies from 'other', which is no stage. Copy from 'build' or an image with its tag, for example 'busybox:1.37.0'."],
  ['a secret in ENV', [stage('final', [{ instruction: 'ENV', values: { DB_PASSWORD: 'x' } }])],
    "invalid-dockerfile: Stage 'final': ENV 'DB_PASSWORD' looks like a secret, and everybody who has the image can read it. Mount it for the one command that needs it: 'secrets', or '--mount=type=secret,id=…'."],
  ['a secret in ARG', [stage('final', [{ instruction: 'ARG', names: ['NPM_TOKEN'] }])],
    "invalid-dockerfile: Stage 'final': ARG 'NPM_TOKEN' looks like a secret, and everybody who has the image can read it. Mount it for the one command that needs it: 'secrets', or '--mount=type=secret,id=…'."],
  ['a relative WORKDIR', [stage('final', [{ instruction: 'WORKDIR', path: 'app' }])],
    "invalid-dockerfile: Stage 'final': its WORKDIR 'app' is relative, so it depends on the base. Write it in full, for example '/app/app'."],
  ['a port out of range', [stage('final', [{ instruction: 'EXPOSE', ports: [{ number: 70000, protocol: 'tcp' }] }])],
    "invalid-dockerfile: Stage 'final': it exposes '70000', which is no port. Write a number from 1 to 65535, with '/udp' or '/sctp' where it is not TCP."],
  ['a command without a shell', [stage('final', [{ instruction: 'RUN', commands: [{ words: ['true'] }] }], 'scratch')],
    "invalid-dockerfile: Stage 'final': it runs a command, but its base has no shell. Run it in a stage before and copy what it makes."],
  ['a script without a shell', [stage('base', [], 'scratch'), stage('final', [{ instruction: 'RUN <<', lines: ['true'] }], distroless, false)],
    "invalid-dockerfile: Stage 'final': it runs a command, but its base has no shell. Run it in a stage before and copy what it makes."],
  ['an empty entrypoint', [stage('final', [{ instruction: 'ENTRYPOINT', command: [] }])],
    "invalid-dockerfile: Stage 'final': its entrypoint is empty. Name the program and its arguments."],
])('%s', (_, stages, expected) => {
  expect(faults(stages)).toEqual([expected]);
});

test('a secret among the arguments of all stages', () => {
  expect(faults([], { arguments: [{ name: 'API_KEY', default: '', description: '' }] })).toEqual([expect.stringMatching(/^invalid-dockerfile: ARG 'API_KEY' looks like a secret/)]);
});

describe('instructions of the user', () => {
  test.each<[string, string[]]>([
    ['', ["There is no instruction in it. Write a whole instruction, for example 'RUN apt-get update'."]],
    ['RNU true', ["'RNU true' is no instruction of a Dockerfile. Write a whole instruction, for example 'RUN apt-get update'."]],
    ['RUN true \\', ["'RUN true \\' is continued by nothing. Write a whole instruction, for example 'RUN apt-get update'."]],
    ['COPY <<EOT /a\nno end', ["The here-document that ends with 'EOT' has no end. Write a whole instruction, for example 'RUN apt-get update'."]],
    ['FROM debian:13', ['FROM is written by the library, from the definition of the service. Leave it out.']],
    ['USER 1000:1000', ["USER is written by the library, from the definition of the service. Write 'security.user' and 'security.group' of the service."]],
    ['USER app', [
      "its USER 'app' is a name, and Kubernetes cannot tell whether that is root. Write user and group as numbers, for example '65532:65532'.",
      "USER is written by the library, from the definition of the service. Write 'security.user' and 'security.group' of the service.",
    ]],
    ['ENTRYPOINT /app/server -v', [
      "ENTRYPOINT '/app/server -v' takes a shell, and 'final' has none. Write it as a list, for example [\"/app/server\", \"-v\"].",
      "ENTRYPOINT is written by the library, from the definition of the service. Write 'command' and 'args' of the service.",
    ]],
    ['CMD ["-v"]', ["CMD is written by the library, from the definition of the service. Write 'command' and 'args' of the service."]],
    ['HEALTHCHECK NONE', ["HEALTHCHECK is written by the library, from the definition of the service. Write 'health' of the service."]],
    ['STOPSIGNAL SIGINT', ["STOPSIGNAL is written by the library, from the definition of the service. Write 'stopSignal' of the image."]],
    ['ADD https://example.com/a /a', ['ADD unpacks and downloads without being asked. Write COPY, or RUN with a download whose checksum is verified.']],
    ['ENV API_TOKEN=x', ["ENV 'API_TOKEN' looks like a secret, and everybody who has the image can read it. Mount it for the one command that needs it: 'secrets', or '--mount=type=secret,id=…'."]],
    ['env DB_PASSWORD x', ["ENV 'DB_PASSWORD' looks like a secret, and everybody who has the image can read it. Mount it for the one command that needs it: 'secrets', or '--mount=type=secret,id=…'."]],
    ['ARG NPM_TOKEN', ["ARG 'NPM_TOKEN' looks like a secret, and everybody who has the image can read it. Mount it for the one command that needs it: 'secrets', or '--mount=type=secret,id=…'."]],
    ['WORKDIR ./data', ["its WORKDIR './data' is relative, so it depends on the base. Write it in full, for example '/app/data'."]],
    ['EXPOSE 8080 http', ["it exposes 'http', which is no port. Write a number from 1 to 65535, with '/udp' or '/sctp' where it is not TCP."]],
    ['EXPOSE 0', ["it exposes '0', which is no port. Write a number from 1 to 65535, with '/udp' or '/sctp' where it is not TCP."]],
    ['COPY --from=builder /a /a', ["it copies from 'builder', which is no stage. Copy from 'build' or an image with its tag, for example 'busybox:1.37.0'."]],
    ['COPY --link --from=later /a /a', ["it copies from 'later', which is not finished before it. Copy from 'build'."]],
    ['RUN apk add curl', ["RUN takes a shell, and 'final' has none. Run it 'beforeBuild' and copy what it makes: COPY --from=build."]],
    ['RUN true\nWORKDIR a', [
      "RUN takes a shell, and 'final' has none. Run it 'beforeBuild' and copy what it makes: COPY --from=build.",
      "its WORKDIR 'a' is relative, so it depends on the base. Write it in full, for example '/app/a'.",
    ]],
  ])('%s', (text, expected) => {
    const found = faults([build, stage('final', [raw(text)], distroless, false), stage('later', [])]);
    expect(found).toEqual(expected.map(each => `invalid-dockerfile [instructions.finalStage[0]]: ${each}`));
  });
});
