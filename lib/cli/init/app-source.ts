import type { HintedProgram } from './hints';
import type { PlannedService, ProjectPlan } from './project-plan';

/** The code of the app: one service for each program. */
export function appSource(plan: ProjectPlan): string {
  const { chart, registry, services, neighbours } = plan;
  const builds = services.some(({ program }) => program !== undefined);
  const names = [
    ...builds ? ['GoImage'] : ['ContainerImage'],
    'GoStyleMicroservice', ...builds ? ['ImageTag'] : [], 'Platform', 'PlatformApp', 'Replicas', 'Resources', 'ServiceNamespace',
  ];
  return [
    "import { Chart } from 'cdk8s';",
    `import { ${names.sort().join(', ')} } from 'cdk8s-golden-path';`,
    '',
    '/** Everything that is deployed. */',
    'export function createApp(): PlatformApp {',
    '  const app = new PlatformApp();',
    ...builds ? [
      '  new Platform(app, {',
      `    registry: ${quote(registry)},`,
      '    // What the registry took, as `docker buildx bake --metadata-file build.json` writes it down; before a build it is this tag.',
      "    imageTag: ImageTag.fromBakeMetadata('build.json', { otherwise: '0.1.0' }),",
      '  });',
    ] : [`  new Platform(app, { registry: ${quote(registry)} });`],
    '',
    `  const chart = new Chart(app, ${quote(chart)}, { namespace: ${quote(chart)} });`,
    "  new ServiceNamespace(chart, 'namespace');",
    ...neighbours.length > 0 ? ['', ...neighbours.map(text => `  ${comment(text)}`)] : [],
    ...services.flatMap(service => ['', ...serviceSource(service, plan)]),
    '',
    '  return app;',
    '}',
    '',
  ].join('\n');
}

function serviceSource({ name, program }: PlannedService, { registry }: ProjectPlan): string[] {
  return [
    `  new GoStyleMicroservice(chart, ${quote(name)}, {`,
    ...program === undefined ? [
      `    // GoImage.fromModule('services/${name}') builds it here.`,
      `    image: ContainerImage.reference(${quote(`${registry}/${name}:1.0.0`)}),`,
    ] : [`    image: GoImage.fromModule(${[quote(program.module), ...imageOptions(program)].join(', ')}),`],
    ...portSource(program),
    ...program === undefined ? ["    env: { LOG_LEVEL: 'info' },"] : environmentSource(program),
    "    resources: Resources.of({ cpu: '100m', memory: '128Mi' }),",
    '    replicas: Replicas.autoscaled({ min: 2, max: 10, cpuUtilization: 50 }),',
    '  });',
  ];
}

function imageOptions({ main, context, goVersion }: NonNullable<PlannedService['program']>): string[] {
  const options = Object.entries({ main, context, goVersion }).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${quote(value!)}`);
  return options.length > 0 ? [`{ ${options.join(', ')} }`] : [];
}

/** The first port is the one; what the others are, the Dockerfile does not say. */
function portSource(program: PlannedService['program']): string[] {
  const [first, ...others] = program?.ports.tcp ?? [];
  return first === undefined ? [] : [
    ...others.length > 0 ? [`    ${comment(`${program!.ports.file} says ${others.join(' and ')} as well: metricsPort, grpcPort or extraPorts.`)}`] : [],
    `    port: ${first},`,
  ];
}

function environmentSource({ environment, unset, composeFile }: HintedProgram): string[] {
  const variables = Object.entries(environment);
  return [
    ...unset.length > 0 ? [`    ${comment(`${composeFile} sets ${unset.join(', ')} as well: secrets come from a ServiceSecret, addresses by connectTo.`)}`] : [],
    ...variables.length > 0 ? ['    env: {', ...variables.map(([name, value]) => `      ${name}: ${quote(value)},`), '    },'] : [],
  ];
}

/** A text as a comment of one line. */
function comment(text: string): string {
  return `// ${text.replace(/[\r\n\u2028\u2029]+/g, ' ')}`;
}

/** A text as code. */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029')}'`;
}
