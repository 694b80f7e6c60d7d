import type { TextFault } from './fault';

/** A fault by which one part of the text becomes another; the last occurrence, which is that in the stage `final`. */
function replaced(name: string, from: string, to: string): TextFault {
  return {
    name,
    change: text => {
      const index = text.lastIndexOf(from);
      return index < 0 ? text : text.slice(0, index) + to + text.slice(index + from.length);
    },
  };
}

const ENTRYPOINT = 'ENTRYPOINT ["/app/';
const LAST_USER = 'USER 65532:65532\n';
const FINAL = 'FROM gcr.io/distroless/static-debian13:nonroot AS final\n';

/** Faults that are put into a good Dockerfile. */
export const DOCKERFILE_FAULTS: readonly TextFault[] = [
  replaced('root user in the image', LAST_USER, 'USER root\n'),
  { name: 'no user in the image', change: text => text.replaceAll(LAST_USER, '') },
  replaced('base with the tag latest', FINAL, 'FROM gcr.io/distroless/static-debian13:latest AS final\n'),
  replaced('base without a tag', FINAL, 'FROM gcr.io/distroless/static-debian13 AS final\n'),
  replaced('base by an argument that is not there', FINAL, 'FROM ${BASE} AS final\n'),
  replaced('base for one processor', FINAL, 'FROM --platform=linux/amd64 gcr.io/distroless/static-debian13:nonroot AS final\n'),
  replaced('upper-case stage', 'AS final\n', 'AS Final\n'),
  replaced('the same stage twice', 'AS final\n', 'AS build\n'),
  replaced('stage with a reserved name', 'AS final\n', 'AS context\n'),
  replaced('keywords in two cases', 'AS final\n', 'as final\n'),
  replaced('relative working directory', 'WORKDIR /app\n', 'WORKDIR app\n'),
  replaced('shell form', ENTRYPOINT, 'ENTRYPOINT exec /app/orders #'),
  replaced('two entry points', ENTRYPOINT, `${ENTRYPOINT}orders"]\n${ENTRYPOINT}`),
  replaced('ADD in place of COPY', 'COPY --link --from=build', 'ADD main.go /app/main.go\nCOPY --link --from=build'),
  replaced('copy from a stage that is not there', '--from=build', '--from=builder'),
  replaced('secret in a variable', LAST_USER, `ENV API_TOKEN=abc\n${LAST_USER}`),
  replaced('secret in an argument', LAST_USER, `ARG DB_PASSWORD\n${LAST_USER}`),
  replaced('cd in place of WORKDIR', LAST_USER, `RUN cd /app && echo hello\n${LAST_USER}`),
  replaced('packages without versions', LAST_USER, `RUN apt-get update && apt-get install -y curl\n${LAST_USER}`),
  replaced('pipe whose failure is lost', LAST_USER, `RUN wget -O - https://example.com | sh\n${LAST_USER}`),
  replaced('sudo', LAST_USER, `RUN sudo true\n${LAST_USER}`),
  replaced('maintainer', LAST_USER, `MAINTAINER nobody\n${LAST_USER}`),
  replaced('port that is none', 'EXPOSE 8080', 'EXPOSE 80800'),
  replaced('port of ssh', 'EXPOSE 8080', 'EXPOSE 22'),
  replaced('health check twice', 'HEALTHCHECK NONE\n', 'HEALTHCHECK NONE\nHEALTHCHECK CMD ["/app/orders"]\n'),
  replaced('old form of ENV', LAST_USER, `ENV MODE production\n${LAST_USER}`),
  replaced('unknown instruction', 'STOPSIGNAL SIGTERM', 'STOPSIGNL SIGTERM'),
  replaced('unknown flag', 'COPY --link', 'COPY --lnk'),
  replaced('empty line in a continuation', 'RUN --mount=type=bind,target=/src \\\n', 'RUN --mount=type=bind,target=/src \\\n\n'),
  { name: 'checks switched off', change: text => text.replace('# check=error=true', '# check=skip=all;error=true').replace('AS final\n', 'AS Final\n') },
];
