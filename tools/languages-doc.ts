import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const SOURCES = 'examples/languages';

export const LANGUAGES_PAGE = join(ROOT, 'docs/languages.md');

interface Language {
  readonly name: string;
  /** As a fenced block calls it. */
  readonly fence: string;
  readonly install: readonly string[];
  /** What the cart service is called in. */
  readonly cart: string;
  /** The demo. */
  readonly demo: string;
}

interface Targets {
  readonly java: { readonly maven: { readonly groupId: string; readonly artifactId: string } };
  readonly python: { readonly distName: string };
  readonly go: { readonly moduleName: string; readonly packageName: string };
}

const { jsii: { targets }, name, peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly jsii: { readonly targets: Targets };
  readonly name: string;
  readonly peerDependencies: { readonly [name: string]: string };
  readonly peerDependenciesMeta: { readonly [name: string]: { readonly optional: boolean } };
};

const LANGUAGES: readonly Language[] = [
  {
    name: 'TypeScript',
    fence: 'ts',
    install: ['```sh', `npm install ${[name, ...Object.keys(peerDependencies).filter(peer => !peerDependenciesMeta[peer]?.optional)].join(' ')}`, '```'],
    cart: 'typescript/cart-service.ts',
    demo: 'typescript/go-microservice.ts',
  },
  {
    name: 'Python',
    fence: 'python',
    install: ['```sh', `pip install ${targets.python.distName}`, '```'],
    cart: 'python/cart_service.py',
    demo: 'python/go_microservice.py',
  },
  {
    name: 'Java',
    fence: 'java',
    install: [
      '```xml',
      '<dependency>',
      `  <groupId>${targets.java.maven.groupId}</groupId>`,
      `  <artifactId>${targets.java.maven.artifactId}</artifactId>`,
      '  <version>${golden-path.version}</version>',
      '</dependency>',
      '```',
    ],
    cart: 'java/src/main/java/com/acme/CartService.java',
    demo: 'java/src/main/java/com/acme/GoMicroservice.java',
  },
  {
    name: 'Go',
    fence: 'go',
    install: ['```sh', `go get ${targets.go.moduleName}/${targets.go.packageName}`, '```'],
    cart: 'go/cart-service/main.go',
    demo: 'go/go-microservice/main.go',
  },
];

/** How one thing is written in each language, as the cart service has it. */
const NAMES: readonly (readonly [thing: string, ...written: string[]])[] = [
  ['a construct', 'new Microservice(chart, \'cartservice\', {', 'Microservice(', 'Microservice.Builder.create(chart, "cartservice")', 'goldenpath.NewMicroservice(chart, jsii.String("cartservice"), &goldenpath.MicroserviceProps{'],
  ['a property', 'servicePortName: \'grpc\'', 'service_port_name="grpc"', '.servicePortName("grpc")', 'ServicePortName: jsii.String("grpc")'],
  ['a struct', '{ address: \'REDIS_ADDR\' }', 'ConnectionVariables(address="REDIS_ADDR")', 'ConnectionVariables.builder().address("REDIS_ADDR").build()', '&goldenpath.ConnectionVariables{Address: jsii.String("REDIS_ADDR")}'],
  ['a list', 'ports: [{ number: 7070', 'ports=[Port(number=7070', '.ports(List.of(Port.builder().number(7070)', '&[]*goldenpath.Port{{Number: jsii.Number(7070)'],
  ['a map', '{ \'/data\': Volume.emptyDir(', '{"/data": Volume.empty_dir(', 'Map.of("/data", Volume.emptyDir(', '"/data": goldenpath.Volume_EmptyDir('],
  ['a method', 'carts.connectTo(redis,', 'carts.connect_to(redis,', 'carts.connectTo(redis,', 'carts.ConnectTo(redis,'],
  ['a static method', 'Replicas.fixed(1)', 'Replicas.fixed(1)', 'Replicas.fixed(1)', 'goldenpath.Replicas_Fixed(jsii.Number(1))'],
  ['a member of an enum', 'Traffic.UNRESTRICTED', 'Traffic.UNRESTRICTED', 'Traffic.UNRESTRICTED', 'goldenpath.Traffic_UNRESTRICTED'],
];

/** The page. */
export function renderLanguages(): string {
  return `# Four languages

The package is written in TypeScript and compiled by [jsii](https://aws.github.io/jsii/), so Python, Java and Go have the same constructs, run by Node in the background: Node 20
or newer has to be there for each of them. The same program writes the same bytes in all four: \`npm run test:bindings\` builds the package for each
language, runs what is shown here, and compares every manifest, Dockerfile and other artefact with what TypeScript writes.

This page is made by \`npx projen languages-doc\` from [${SOURCES}](../${SOURCES}). Examples in the documentation of each package are in its language too.

## Install

${LANGUAGES.map(({ name: language, install }) => `${language}:\n\n${install.join('\n')}\n`).join('\n')}
Python, Java and Go bring cdk8s, constructs and everything else with the package; npm leaves the version of its peers to you.

## How names read

| | ${LANGUAGES.map(({ name: language }) => language).join(' | ')} |
|---|${LANGUAGES.map(() => '---').join('|')}|
${NAMES.map(row).join('\n')}

- **Python** writes names in snake case, and the properties of a construct as keyword arguments. The submodule is \`cdk8s_golden_path.local\`.
- **Java** builds constructs and structs by a \`Builder\`; a construct without properties takes \`new\`. A property \`x\` is read by \`getX()\`.
- **Go** begins names with a capital, makes constructs by \`NewX\`, and joins static methods and members of enums to their type by \`_\`. Strings,
  numbers and booleans are pointers, made by \`jsii.String\`, \`jsii.Number\` and \`jsii.Bool\`; what is left out is \`nil\`. The program ends with
  \`jsii.Close()\`.

What jsii cannot say, we do not offer: there is no function among the properties and no type parameter, so every property is there in every language.

${program('The cart service of Online Boutique', 'A service of somebody else\'s, with the Redis that it keeps carts in.', 'cart')}
${program('A Go service and its web front', 'The demo: images from Go modules, configuration, a secret, autoscaling, a route and a compose file.', 'demo')}`;
}

function row([thing, ...written]: readonly [string, ...string[]]): string {
  written.forEach((code, index) => {
    const { name: language, cart } = LANGUAGES[index];
    if (!readSource(cart).includes(code)) {
      throw new Error(`tools/languages-doc.ts: the cart service in ${language} has no '${code}'.`);
    }
  });
  return `| ${thing} | ${written.map(code => `\`${code}\``).join(' | ')} |`;
}

function program(title: string, description: string, which: 'cart' | 'demo'): string {
  const sources = LANGUAGES.map(({ name: language, fence, [which]: file }, index) => `<details${index === 0 ? ' open' : ''}>
<summary><b>${language}</b></summary>

[${file.split('/').pop()}](../${SOURCES}/${file})

\`\`\`${fence}
${readSource(file).trimEnd()}
\`\`\`

</details>
`);
  return `## ${title}\n\n${description}\n\n${sources.join('\n')}`;
}

function readSource(file: string): string {
  return readFileSync(join(ROOT, SOURCES, file), 'utf8');
}

if (require.main === module) {
  writeFileSync(LANGUAGES_PAGE, renderLanguages());
}
