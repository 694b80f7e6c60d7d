import { dockerfilePorts } from '../../../lib/cli/init/dockerfile-ports';

test.each<[string, string, number[]]>([
  ['nothing', 'FROM scratch\n', []],
  ['ports of TCP', 'FROM scratch\nEXPOSE 8080 9090/tcp 53/udp\nexpose 8443\n', [8080, 9090, 8443]],
  ['one twice', 'FROM scratch\nEXPOSE 8080 8080/tcp\n', [8080]],
  ['those of the last stage', 'FROM a AS build\nEXPOSE 1\nFROM b\nEXPOSE 2\n', [2]],
  ['variables', 'ARG A=1000\nFROM scratch\nENV B=${A} C="2000" D 3\nENV E 3000\nEXPOSE $B ${C}/tcp ${F:-4000} $E $UNKNOWN\n', [1000, 2000, 4000, 3000]],
  ['lines that go on, with comments between them', 'FROM scratch\nEXPOSE 8080 \\\n# why\n  9090\n', [8080, 9090]],
  ['another escape', '# escape=`\nFROM scratch\nEXPOSE 8080 `\n 9090\n', [8080, 9090]],
  ['what is no instruction', 'FROM a\nRUN <<EOT\nEXPOSE 1\nEOT\n# EXPOSE 2\nCOPY <<-"EOF" /x\nEXPOSE 3\n\tEOF\nEXPOSE 4\n', [4]],
  ['a range', 'FROM scratch\nEXPOSE 8000-8010\n', [8000]],
  ['what is no port', 'FROM scratch\nEXPOSE 0 70000 http "8080"\r\n', [8080]],
])('%s', (_, text, tcp) => {
  expect(dockerfilePorts(text, 'Dockerfile')).toEqual({ tcp, file: 'Dockerfile' });
});
