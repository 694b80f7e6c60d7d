import { cdk, github, javascript, JsonFile, release } from 'projen';
import { ROOMS } from './tools/rooms';

/** What users bring, by the oldest version that works, which is the one that is compiled and tested against. */
const PEERS = { 'cdk8s': '2.70.106', 'cdk8s-plus-27': '2.9.5', 'constructs': '10.4.2' };
/** Peers of `local` alone: npm does not install them for who does not use it. */
const OPTIONAL_PEERS = { 'cdktf': '0.21.0', '@cdktf/provider-docker': '12.0.3' };
const ALL_PEERS = Object.entries({ ...PEERS, ...OPTIONAL_PEERS });

const project = new cdk.JsiiProject({
  name: 'cdk8s-golden-path',
  description: 'One typed definition of a Go-style microservice in; hardened Kubernetes manifests, Dockerfiles and the rest of its delivery out.',
  author: 'The cdk8s-golden-path authors',
  authorAddress: 'maintainers@cdk8s-golden-path.dev',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-golden-path/cdk8s-golden-path.git',
  license: 'Apache-2.0',
  stability: cdk.Stability.EXPERIMENTAL,
  copyrightOwner: 'The cdk8s-golden-path authors',
  keywords: ['cdk8s', 'kubernetes', 'microservice', 'go', 'dockerfile', 'golden-path'],
  defaultReleaseBranch: 'main',

  srcdir: 'lib',
  libdir: 'lib',
  testdir: 'test',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  jsiiVersion: '~5.9.0',
  typescriptVersion: '~5.9.0',
  projenrcTs: true,
  docgen: true,
  // jsii is told to be silent about reserved words (projen's default): the only ones are names of Kubernetes itself, such as `type`, `from` and
  // `default`, which Python, Java and Go spell with an underscore. test/package/bindings.test.ts holds that no name of our own is among them.
  sampleCode: false,
  npmignoreEnabled: false,
  depsUpgrade: false,
  // Nobody's bot merges, and titles of pull requests are what people write; what is released is said in CHANGELOG.md.
  githubOptions: { mergify: false, pullRequestLint: false },
  pullRequestTemplate: false,
  workflowNodeVersion: '22',
  buildWorkflowOptions: { mutableBuild: false },
  nextVersionCommand: 'tsx tools/release/next-version.ts',
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  npmProvenance: true,
  npmAccess: javascript.NpmAccess.PUBLIC,

  publishToPypi: { distName: 'cdk8s-golden-path', module: 'cdk8s_golden_path' },
  publishToMaven: {
    javaPackage: 'io.github.cdk8s_golden_path',
    mavenGroupId: 'io.github.cdk8s-golden-path',
    mavenArtifactId: 'cdk8s-golden-path',
  },
  publishToGo: { moduleName: 'github.com/cdk8s-golden-path/cdk8s-golden-path-go', packageName: 'goldenpath' },

  peerDependencyOptions: { pinnedDevDependency: false },
  peerDeps: ALL_PEERS.map(([name, oldest]) => `${name}@^${oldest}`),
  // What the commands read of YAML: `init` a compose file, `diff` manifests.
  bundledDeps: ['yaml@^2'],
  devDeps: [
    ...ALL_PEERS.map(([name, oldest]) => `${name}@${oldest}`),
    'ajv@^8',
    'cdk8s-cli',
    '@swc/core',
    '@swc/jest',
    '@types/jest@^29',
    'jest@^29',
    'jsii-pacmak',
    'dockerfile-ast',
    'esbuild',
    'fast-check@^3',
    'publint',
    'jsdom@^26',
    'mermaid@^12',
    'tsx',
  ],

  // jest runs on swc, which takes a third of ts-jest's time; types are the compiler's job.
  jest: false,
  eslint: true,
  eslintOptions: { dirs: ['lib'], devdirs: ['test', 'tools', 'examples', 'bench', '.projenrc.ts'] },
});

const supportedNodes = project.github!.addWorkflow('test');
supportedNodes.on({ pullRequest: {}, push: { branches: ['main'] } });
supportedNodes.addJob('test', {
  runsOn: ['ubuntu-latest'],
  permissions: { contents: github.workflows.JobPermission.READ },
  strategy: { matrix: { domain: { node: ['20', '22', '24'] } } },
  steps: [
    { uses: 'actions/checkout@v6' },
    { uses: 'actions/setup-node@v6', with: { 'node-version': '${{ matrix.node }}' } },
    { uses: 'actions/setup-go@v6', with: { 'go-version': 'stable' } },
    { run: 'npm ci && npm test' },
  ],
});

// As jsii compiles it; left out, Node may have to find out.
project.package.addField('type', 'commonjs');
project.package.addField('peerDependenciesMeta', Object.fromEntries(
  Object.keys(OPTIONAL_PEERS).map(peer => [peer, { optional: true }]),
));

new JsonFile(project, 'jest.config.json', {
  marker: false,
  obj: {
    testEnvironment: 'node',
    // By itself jest leaves a core alone, which is half of a machine with two.
    maxWorkers: '100%',
    roots: ['<rootDir>/test', '<rootDir>/examples'],
    testMatch: ['**/*.test.ts'],
    setupFilesAfterEnv: ['<rootDir>/test/support/validate-every-manifest.ts', '<rootDir>/test/support/validate-every-dockerfile.ts'],
    moduleFileExtensions: ['ts', 'js', 'json'],
    // A project of its own, whose tests run on the packed package (test/package/platform-repo.test.ts).
    testPathIgnorePatterns: ['/node_modules/', '<rootDir>/examples/platform-repo/'],
    modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/examples/platform-repo/'],
    moduleNameMapper: { '^cdk8s-golden-path$': '<rootDir>/lib' },
    transform: {
      '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
    },
  },
});

// A room imports only rooms above it in the list; a construct is found by its room, and no cycle can grow.
project.eslint?.addRules({
  'import/no-cycle': ['error', { ignoreExternal: true }],
  'import/no-restricted-paths': ['error', {
    zones: ROOMS.map((room, index) => ({
      target: `./lib/${room}`,
      from: [...ROOMS.slice(index + 1).map(lower => `./lib/${lower}`), './lib/index.ts'],
      message: `${room} may import only the rooms above it (tools/rooms.ts)`,
    })),
  }],
});

// It is sorted as in a user's project, whether it is found here or not.
project.eslint!.rules['import/order'][1].pathGroups = [{ pattern: project.name, group: 'external' }];
// Examples import the package by its name, which only the type checker and the runners know of here until it is compiled.
project.eslint?.addOverride({
  files: ['examples/**/*.ts', 'bench/applications/*.ts'],
  rules: { 'import/no-unresolved': ['error', { ignore: [`^${project.name}$`, '^objects$'] }] },
});

// Examples import the package by its name, as users do; the tests, tools, benchmark and examples are one program to the type checker.
const testTsconfig = project.tryFindObjectFile('test/tsconfig.json')!;
testTsconfig.addOverride('compilerOptions.paths', { 'cdk8s-golden-path': ['../lib/index.ts'] });
testTsconfig.addOverride('include', ['**/*.ts', '../tools/**/*.ts', '../examples/**/*.ts', '../bench/**/*.ts']);
for (const directory of ['tools', 'examples', 'bench']) {
  new JsonFile(project, `${directory}/tsconfig.json`, {
    obj: { extends: '../test/tsconfig.json', include: ['**/*.ts'] },
  });
}

const lazyIndex = project.addTask('lazy-index', {
  description: 'Turn the eager re-exports of lib/index.js into getters',
  exec: 'tsx tools/lazy-index.ts',
});
const objectSpread = project.addTask('object-spread', {
  description: 'Rewrite object literals of the compiled library that node 20 takes long for',
  exec: 'tsx tools/object-spread.ts',
});
project.postCompileTask.prependSpawn(objectSpread);
project.postCompileTask.prependSpawn(lazyIndex);

project.addTask('diagnostics-doc', {
  description: 'Write docs/diagnostics.md from the table of codes and what the examples print',
  exec: 'tsx tools/diagnostics-doc.ts',
});

project.addTask('languages-doc', {
  description: 'Write docs/languages.md from the programs of examples/languages',
  exec: 'tsx tools/languages-doc.ts',
});

project.addTask('api-diff', {
  description: 'Compare the public API with that of the last tag',
  exec: 'tsx tools/release/api-diff.ts',
});
// It asks the registry for the last version, and says nothing where there is none.
project.removeTask('compat');

project.addTask('coverage-doc', {
  description: 'Write docs/coverage.md: by what each field that real projects write is set',
  exec: 'tsx tools/coverage-doc.ts',
});

// Beside the assembly it is found by jsii-pacmak, jsii-docgen and Construct Hub.
const TABLET = '.jsii.tabl.json.gz';
const translateExamples = project.addTask('translate-examples', {
  description: 'Compile every example of README.md, docs and doc comments as jsii-rosetta does, and translate it for the other languages',
  exec: `tsx tools/translate-examples.ts ${TABLET}`,
});
for (const language of ['python', 'java', 'go']) {
  project.tasks.tryFind(`package:${language}`)!.reset(`jsii-pacmak -v --target ${language} --rosetta-tablet ${TABLET} --rosetta-unknown-snippets fail`);
}

const typecheck = project.addTask('typecheck', {
  description: 'Check the types of tests, tools, benchmark and examples',
  exec: 'tsc --noEmit -p test/tsconfig.json',
});

const eslintTask = project.tasks.tryFind('eslint')!;
project.testTask.reset();
project.testTask.description = 'Compile, translate the examples, lint and run all jest tests';
project.testTask.spawn(project.compileTask);
project.testTask.spawn(project.postCompileTask);
project.testTask.spawn(translateExamples);
project.testTask.spawn(typecheck);
project.testTask.spawn(eslintTask);
project.testTask.exec('jest', { receiveArgs: true });

project.addTask('demo', {
  description: 'Synthesise examples/go-microservice and say what was written and how to apply it',
  exec: 'tsx --tsconfig examples/tsconfig.json tools/demo.ts',
});

// What takes real programs: each installs what it needs into .cache, and says so where it cannot.
for (const [name, folder, description] of [
  ['test:cluster', 'cluster', 'Apply every example to a Kubernetes API server'],
  ['test:node', 'node', 'Run the demo on a real node: what its containers see, scaling, a rollout under load, its route'],
  ['test:backup', 'backup', 'Make the backups of servers that run, look at them in the storage, and restore them as the documents say'],
  ['test:docker', 'docker', 'Apply the Docker stack, twice, where the provider of Docker can be had'],
  ['test:local', 'local-run', 'Bring up examples/shop from its compose file on an engine of Docker, and look at it'],
  ['test:images', 'image-builds', 'Build the images of every example and run them'],
  ['corpus', 'corpus', 'Express real applications and compare the output with what their authors publish, field by field'],
  ['test:oracles', 'oracles', "Put every example's output, and single faults, before the checkers of the field"],
]) {
  const task = project.addTask(name, { description });
  task.spawn(project.compileTask);
  // By node itself: the command of tsx kills a program that does not answer a signal at once, and these have to clean up.
  task.exec(`node --import tsx test/${folder}/main.ts`, { receiveArgs: true, env: { TSX_TSCONFIG_PATH: 'test/tsconfig.json' } });
}

// Other languages get what npm gets: compiled, and made ready as for publishing.
const bindings = project.addTask('test:bindings', {
  description: 'Build the package for Python, Go and Java, and run the same programs in each: they write the same bytes',
});
[project.compileTask, objectSpread, lazyIndex, translateExamples].forEach(task => bindings.spawn(task));
bindings.exec('node --import tsx test/bindings/main.ts', { receiveArgs: true, env: { TSX_TSCONFIG_PATH: 'test/tsconfig.json' } });

const installs = project.addTask('test:install', {
  description: 'Install the packed tarball in empty projects by npm, pnpm and yarn: its peers are there once, it imports and synthesises',
});
[project.compileTask, objectSpread, lazyIndex, translateExamples].forEach(task => installs.spawn(task));
installs.exec('node --import tsx test/install/main.ts', { receiveArgs: true, env: { TSX_TSCONFIG_PATH: 'test/tsconfig.json' } });

project.package.addBin({ 'cdk8s-golden-path': 'lib/cli/main.js' });

const bench = project.addTask('bench', {
  description: 'Measure the synthesis of one application, written in this library and in others (bench/README.md)',
  exec: 'tsx --tsconfig bench/tsconfig.json bench/main.ts',
  receiveArgs: true,
});
bench.prependSpawn(project.postCompileTask);
bench.prependSpawn(project.compileTask);

// A list of what is published, so that nothing else can get in; README, LICENSE and package.json always are. `init` writes from the templates.
project.package.addField('files', ['.jsii', TABLET, 'lib/**/*.js', 'lib/**/*.d.ts', 'lib/**/index.mjs', 'templates']);
// A bundler that finds an `import` gets static exports, and leaves out what nobody imports. Node, and whoever calls `require`, gets the index
// that loads a name when it is touched. Whatever lies in the package can be asked for by its path, written out.
project.package.addField('exports', {
  '.': {
    types: './lib/index.d.ts',
    import: { module: './lib/index.mjs', default: './lib/index.js' },
    default: './lib/index.js',
  },
  './.jsii': './.jsii',
  './package.json': './package.json',
  './*': './*',
});
project.package.addField('sideEffects', ['./lib/installation/installation.js', './lib/cli/main.js']);
project.gitignore.exclude(`/${TABLET}`, '/lib/**/index.mjs', '/examples/*/dist/', '/artifacts/', '/examples/*/artifacts/', '.cache/');

project.synth();
