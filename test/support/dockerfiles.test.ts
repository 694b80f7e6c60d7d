import { dockerfileErrors } from './dockerfiles';

const GOOD = `# check=error=true
ARG GO_VERSION=1.25.0
FROM golang:\${GO_VERSION}-trixie AS build
WORKDIR /src
RUN <<EOT
set -eu
go build
EOT

FROM scratch AS final
WORKDIR /app
COPY --link --from=build /out/a /app/a
EXPOSE 8080 53/udp
STOPSIGNAL SIGTERM
USER 65532:65532
ENTRYPOINT ["/app/a"]
LABEL a="b"
`;

test('a Dockerfile that is right', () => {
  expect(dockerfileErrors(GOOD)).toEqual([]);
});

test.each<[string, string, string]>([
  ['# check=error=true\n', '', 'warnings are no errors'],
  ['AS build', 'AS build\nFROM alpine:3.24 AS Other', "line 4: 'Other' names no stage"],
  ['golang:${GO_VERSION}-trixie', 'golang', "line 3: 'golang' is neither a stage before it nor an image with a tag"],
  ['golang:${GO_VERSION}-trixie', 'golang:latest', "line 3: 'golang:latest' is neither a stage before it nor an image with a tag"],
  ['WORKDIR /src', 'WORKDIR src', "line 4: 'src' is relative"],
  ['WORKDIR /src', 'ENV DB_PASSWORD=x', "line 4: 'DB_PASSWORD' is secret"],
  ['WORKDIR /src', 'ADD a b', "line 4: 'ADD' is no instruction that is written here"],
  ['--from=build', '--from=other', "line 12: 'other' is no stage before it"],
  ['8080', '80800', "line 13: '80800 53/udp' are no ports"],
  ['65532:65532', '0:0', "line 15: user '0:0' is none, or root"],
  ['65532:65532', 'nobody', "line 15: user 'nobody' is none, or root"],
  ['["/app/a"]', '/app/a', 'line 16: the entrypoint is no list'],
  ['STOPSIGNAL SIGTERM\n', '', 'the final stage has not exactly one STOPSIGNAL'],
  ['AS final', 'AS last', 'the last stage is not the final one'],
])("'%s' as '%s'", (text, fault, error) => {
  expect(GOOD).toContain(text);
  expect(dockerfileErrors(GOOD.replace(text, fault))).toEqual([error]);
});
