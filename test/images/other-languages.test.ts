import { dockerfileOf, faultsOf, ignoreFileOf } from './fake-service';
import { inFolderWith } from './module-folder';
import { DistrolessFlavor, ImageBase, JavaImage, NodeImage, PythonImage, RustImage, type SourceImage } from '../../lib';

const POM = '<project><artifactId>billing</artifactId><version>1.0.0</version></project>';

inFolderWith({
  'web/package.json': '{ "name": "web", "main": "dist/server.js", "scripts": { "build": "tsc" } }',
  'web/package-lock.json': '{}',
  'plain/package.json': '{ "main": "server.js" }',
  'plain/package-lock.json': '{}',
  'plain/server.js': '',
  'old/package.json': '{ "main": "server.js" }',
  'old/package-lock.json': '{}',
  'old/server.js': '',
  'old/.nvmrc': 'v18.20.0\n',
  'unlocked/package.json': '{ "scripts": {} }',
  'unlocked/index.js': '',
  'odd/package.json': '[',
  'mail/requirements.txt': '',
  'mail/main.py': '',
  'mail/mail/server.py': '',
  'flat/requirements.txt': '',
  'flat/worker.py': '',
  'half/uv.lock': '',
  'half/main.py': '',
  'billing/pom.xml': POM,
  'parent/pom.xml': '<project><parent><artifactId>all</artifactId><version>2.0.0</version></parent><artifactId>child</artifactId><properties><java.version>1.8</java.version></properties></project>',
  'named/pom.xml': '<project><artifactId>a</artifactId><version>1</version><properties><release.name>best</release.name></properties><dependencies><dependency><artifactId>b</artifactId><version>9</version></dependency></dependencies><build><finalName>${release.name}-${project.version}</finalName></build></project>',
  'unnamed/pom.xml': '<project></project>',
  'pricing/Cargo.toml': '[package]\nname = "pricing"\n\n[dependencies]\nname = "x"\n\n[[bin]]\nname = "prices"\npath = "src/main.rs"\n',
  'pricing/Cargo.lock': '',
  'virtual/Cargo.toml': '[workspace]\nmembers = ["a"]\n',
  'empty/readme': '',
});

const FAULTS: [string, SourceImage, string][] = [
  ['no package', NodeImage.fromPackage('empty'), `source-folder [image.path] 'empty' has no package.json that can be read.
Write the folder that holds the package.json, or make one: 'npm init'.`],
  ['a package that is no JSON', NodeImage.fromPackage('odd'), `source-folder [image.path] The package.json of 'odd' is no JSON object.
Mend it, or make one: 'npm init'.`],
  ['no package-lock.json', NodeImage.fromPackage('unlocked'), `source-folder [image.path] There is no package-lock.json in 'unlocked', so nobody knows which versions are installed.
Run 'npm install' in it and commit both files.`],
  ['a file that is not there', NodeImage.fromPackage('plain', { main: 'index.js' }), `source-folder [image.main] There is no 'index.js' in 'plain'.
Write the file that Node runs, for example 'src/server.js'.`],
  ['a file outside', NodeImage.fromPackage('plain', { main: '../server.js' }), `invalid-value [image.main] '../server.js' is not a file of the package.
Write the file that Node runs, for example 'dist/server.js'.`],
  ['a script that is not there', NodeImage.fromPackage('web', { buildScript: 'bundle' }), `source-folder [image.buildScript] The package.json of 'web' has no script 'bundle'.
Write a key of its 'scripts'.`],
  ['a script that is none', NodeImage.fromPackage('web', { buildScript: 'a b' }), `invalid-value [image.buildScript] 'a b' is not the name of a script.
Write a key of 'scripts' in package.json, for example 'build'.`],
  ['output outside', NodeImage.fromPackage('web', { output: ['/dist'] }), `invalid-dockerfile [image.output[0]] '/dist' is not a path inside the folder.
Write a file or folder relative to the package, for example 'dist'.`],
  ['a Node that distroless has not', NodeImage.fromPackage('old'), `conflicting-options [image.base] Distroless has no Node 18 on Debian 13.
Write a 'nodeVersion' of 22, 24, 26, or ImageBase.alpine().`],
  ['a Node that is a line', NodeImage.fromPackage('plain', { nodeVersion: 'lts/*', base: ImageBase.custom('a:1') }), `invalid-version [image.nodeVersion] 'lts/*' is not a version of Node.
Write it in full, for example '24.11.1'; a range or the name of a line is none.`],
  ['JavaScript on nothing', NodeImage.fromPackage('plain', { base: ImageBase.scratch() }), `conflicting-options [image.base] A program in JavaScript needs Node, which an image from nothing has not.
Leave 'base' out for distroless, or write ImageBase.alpine().`],

  ['no project', PythonImage.fromProject('empty'), `source-folder [image.path] 'empty' has no uv.lock or requirements.txt that can be read.
Write the folder that holds the uv.lock or requirements.txt, or make one: 'uv lock' or 'pip-compile'.`],
  ['half a project of uv', PythonImage.fromProject('half'), `source-folder [image.path] There is a uv.lock in 'half', but no pyproject.toml.
Commit both.`],
  ['a file of Python that is not there', PythonImage.fromProject('flat'), `source-folder [image.main] There is no 'main.py' in 'flat'.
Write a module or file of the project, or its 'packages' where an installed module runs them.`],
  ['a module that is not there', PythonImage.fromProject('mail', { module: 'uvicorn' }), `source-folder [image.module] There is no 'uvicorn' in 'mail'.
Write a module or file of the project, or its 'packages' where an installed module runs them.`],
  ['a module that is none', PythonImage.fromProject('mail', { module: 'mail/server' }), `invalid-value [image.module] 'mail/server' is not the name of a module.
Write it as 'python -m' takes it, for example 'mail.server'.`],
  ['a module and a file', PythonImage.fromProject('mail', { module: 'mail', main: 'main.py' }), `conflicting-options [image.main] Python runs either a module or a file, and both are given.
Leave 'main' or 'module' out.`],
  ['a file of Python outside', PythonImage.fromProject('mail', { main: '/main.py' }), `invalid-value [image.main] '/main.py' is not a file of the project.
Write the file that Python runs, for example 'main.py'.`],
  ['packages outside', PythonImage.fromProject('mail', { packages: ['..'] }), `invalid-dockerfile [image.packages[0]] '..' is not a path inside the folder.
Write a file or folder relative to the project, for example 'src'.`],
  ['a Python that distroless has not', PythonImage.fromProject('mail', { pythonVersion: '3.14' }), `conflicting-options [image.base] Distroless has Python 3.13 on Debian 13, not 3.14.
Write 3.13 as 'pythonVersion', or ImageBase.alpine().`],
  ['a Python that is none', PythonImage.fromProject('mail', { pythonVersion: '3', base: ImageBase.custom('a:1') }), `invalid-version [image.pythonVersion] '3' is not a version of Python.
Write it in full, for example '3.13.9'.`],

  ['a jar without a name', JavaImage.fromProject('unnamed'), `source-folder [image.jar] The pom.xml of 'unnamed' does not say what the jar is called.
Write the name of the file that Maven packages, for example 'billing-1.0.0.jar'.`],
  ['a jar in a folder', JavaImage.fromProject('billing', { jar: 'target/a.jar' }), `invalid-value [image.jar] 'target/a.jar' is not the name of a jar.
Write the name of the file that Maven packages, for example 'billing-1.0.0.jar'.`],
  ['a Java that distroless has not', JavaImage.fromProject('billing', { javaVersion: '11' }), `conflicting-options [image.base] Distroless has no Java 11.
Write a 'javaVersion' of 17, 21, 25, or another base.`],
  ['a Java that is none', JavaImage.fromProject('billing', { javaVersion: '21.0.1', base: ImageBase.custom('a:1') }), `invalid-version [image.javaVersion] '21.0.1' is not a version of Java.
Write the major version, for example '21'.`],
  ['a Maven that is none', JavaImage.fromProject('billing', { mavenVersion: 'latest' }), `invalid-version [image.mavenVersion] 'latest' is not a version of Maven.
Write it in full, for example '3.9.11'.`],
  ['a class that is none', JavaImage.fromProject('billing', { mainClass: 'com/example/Main' }), `invalid-value [image.mainClass] 'com/example/Main' is not the name of a class.
Write it with its package, for example 'com.example.Main'.`],
  ['a class and Spring Boot', JavaImage.fromProject('billing', { mainClass: 'a.B', layered: true }), `conflicting-options [image.mainClass] A jar of Spring Boot knows its class by itself.
Leave 'mainClass' out, or write layered: false.`],
  ['two flags in one', JavaImage.fromProject('billing', { jvmFlags: ['-Xss1m -Xmx1g'] }), `invalid-value [image.jvmFlags[0]] '-Xss1m -Xmx1g' is not a flag of the virtual machine.
Write one flag for each entry of the list, for example '-Xss512k'.`],

  ['no package of Rust', RustImage.fromCrate('virtual', { }), `source-folder [image.binary] The Cargo.toml of 'virtual' names no package.
Write the name that Cargo gives the program, for example 'pricing'.
source-folder [image.path] There is no Cargo.lock in 'virtual', so nobody knows which versions are built.
Run 'cargo generate-lockfile' in it and commit both files.`],
  ['a binary that is none', RustImage.fromCrate('pricing', { binary: 'a/b' }), `invalid-value [image.binary] 'a/b' is not the name of a binary.
Write the name that Cargo gives the program, for example 'pricing'.`],
  ['a Rust that moves', RustImage.fromCrate('pricing', { rustVersion: 'stable' }), `invalid-version [image.rustVersion] 'stable' is not a version of Rust.
Write it in full, for example '1.95.0'; 'stable' is another one next month.`],
  ['features in one text', RustImage.fromCrate('pricing', { features: ['a,b'] }), `invalid-value [image.features[0]] 'a,b' is not a feature.
Write one feature for each entry of the list.`],
  ['a processor without a compiler', RustImage.fromCrate('pricing', { platforms: ['linux/386'] }), `invalid-value [image.platforms[0]] Debian has no compiler that builds for 'linux/386'.
Leave it out, or write linux/amd64, linux/arm64 or linux/arm/v7.`],
  ['Rust on nothing', RustImage.fromCrate('pricing', { base: ImageBase.scratch() }), `conflicting-options [image.base] The program is linked with the C library of Debian, which an image from nothing has not.
Leave 'base' out for distroless.`],
  ['Rust on a base without libgcc', RustImage.fromCrate('pricing', { base: ImageBase.distroless(DistrolessFlavor.BASE) }), `conflicting-options [image.base] The program is linked with libgcc, which distroless/base has not.
Leave the flavor out, or write DistrolessFlavor.CC.`],
];

test.each(FAULTS)('%s is reported', (_, image, expected) => {
  expect(faultsOf(image).join('\n')).toBe(expected);
});

test.each<[string, SourceImage, RegExp]>([
  ['a file of Node', NodeImage.fromPackage('plain'), /COPY --link server\.js \/app\/server\.js\n[\s\S]*ENTRYPOINT \["\/nodejs\/bin\/node", "\/app\/server\.js"\]/],
  ['Node by its name where it is no distroless', NodeImage.fromPackage('old', { base: ImageBase.alpine('3.21') }), /FROM node:18\.20\.0-alpine3\.21 AS final\n[\s\S]*ENTRYPOINT \["node", "\/app\/server\.js"\]/],
  ['a module of a package of Python', PythonImage.fromProject('mail', { module: 'mail.server' }), /COPY --link mail\/ \/app\/mail\/\n[\s\S]*ENTRYPOINT \["\/usr\/bin\/python3", "-m", "mail\.server"\]/],
  ['a module that is a file', PythonImage.fromProject('flat', { module: 'worker' }), /COPY --link worker\.py \/app\/worker\.py\n/],
  ['an installed module that runs packages', PythonImage.fromProject('mail', { module: 'uvicorn', packages: ['mail'] }), /COPY --link mail\/ \/app\/mail\/\n[\s\S]*"-m", "uvicorn"\]/],
  ['the jar of a child', JavaImage.fromProject('parent'), /maven:\$\{MAVEN_VERSION\}-eclipse-temurin-17[\s\S]*target\/child-2\.0\.0\.jar[\s\S]*java17-debian12:nonroot/],
  ['a jar with a name of its own', JavaImage.fromProject('named'), /target\/best-1\.jar /],
  ['the first binary of Rust', RustImage.fromCrate('pricing'), /--bin prices [\s\S]*ENTRYPOINT \["\/app\/prices"\]/],
])('%s', (_, image, expected) => {
  expect(dockerfileOf(image)).toMatch(expected);
});

test('what Python compiles stays outside', () => {
  const rules = ignoreFileOf(PythonImage.fromProject('mail', { module: 'mail' })).split('\n');
  expect(rules.indexOf('**/__pycache__')).toBeGreaterThan(rules.indexOf('!mail'));
});
