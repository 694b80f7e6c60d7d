import { existsSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HOST_ARCHITECTURE } from './builder';
import { type ContainerConfig, writeImage } from './oci-layout';
import { provide } from '../support/real-runs/packages';
import { findProgram, output } from '../support/real-runs/processes';
import { Unavailable } from '../support/real-runs/unavailable';

/** An image that stands in for one that no registry gives us: an OCI layout. */
export interface StandIn {
  readonly folder: string;
  readonly digest: string;
}

const ARCHITECTURES = ['amd64', 'arm64'];
export const MIRROR = process.env.DEBIAN_MIRROR ?? 'http://deb.debian.org/debian';
const CERTIFICATES = 'etc/ssl/certs/ca-certificates.crt';
const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const NONROOT = 65532;
const BUILD_PACKAGES = ['gcc', 'libc6-dev', 'git', 'openssh-client', 'libstdc++6'];
const PYTHON_PACKAGES = ['python3', 'python3-pip'];
const JAVA_PACKAGES = ['openjdk-21-jdk-headless', 'maven'];
const RUST_PACKAGES = ['cargo', 'rustc', 'gcc', 'libc6-dev'];
const PACKAGES_OF: { readonly [label: string]: readonly string[] } = {
  build: BUILD_PACKAGES, python: PYTHON_PACKAGES, java: JAVA_PACKAGES, rust: RUST_PACKAGES,
};

/** Whether the registry of an image answers. */
export async function registryAnswers(image: string): Promise<boolean> {
  const [first, ...rest] = image.split('/');
  const host = rest.length > 0 && /[.:]/.test(first) ? first : 'registry-1.docker.io';
  try {
    const { status } = await fetch(`https://${host}/v2/`, { signal: AbortSignal.timeout(5000) });
    return status === 200 || status === 401;
  } catch {
    return false;
  }
}

/** Makes images out of Debian packages and of the Go toolchain, and keeps them. */
export class StandIns {
  private readonly folder: string;
  private readonly known = new Map<string, Promise<StandIn>>();

  public constructor(cache: string, private readonly work: string, private readonly say: (text: string) => void) {
    this.folder = join(cache, 'stand-ins');
    mkdirSync(this.folder, { recursive: true });
  }

  /** The stand-in for an image. */
  public async for(image: string): Promise<StandIn> {
    const known = this.known.get(image) ?? this.make(image);
    this.known.set(image, known);
    return known;
  }

  private async make(image: string): Promise<StandIn> {
    const [, goVersion, suite] = /^golang:(\d+\.\d+(?:\.\d+|rc\d+)?)-([a-z]+)$/.exec(image) ?? [];
    if (goVersion && suite !== 'alpine') {
      const config = { Env: [PATH.replace('=', '=/go/bin:/usr/local/go/bin:'), 'GOPATH=/go', 'GOTOOLCHAIN=local', ...await this.proxies()], WorkingDir: '/go', Cmd: ['bash'] };
      return this.image(image, [await this.debian(suite, BUILD_PACKAGES, 'build'), await this.certificates(), await this.go(goVersion)], config, [...ARCHITECTURES]);
    }
    const ofLanguage = await this.language(image);
    if (ofLanguage) {
      return ofLanguage;
    }
    const [, distribution, variant] = /^gcr\.io\/distroless\/static-debian(\d+):(?:(debug)-)?nonroot$/.exec(image) ?? [];
    if (distribution) {
      const config = { Env: [variant ? `${PATH}:/busybox` : PATH, `SSL_CERT_FILE=/${CERTIFICATES}`], User: String(NONROOT), WorkingDir: '/home/nonroot' };
      return this.image(image, [await this.system(variant ? 'busybox' : undefined)], config, ARCHITECTURES);
    }
    if (/^alpine:\d+\.\d+/.test(image)) {
      return this.image(image, [await this.system('bin')], { Env: [PATH], Cmd: ['/bin/sh'] }, ARCHITECTURES);
    }
    throw new Error(`there is no stand-in for ${image}, and its registry does not answer`);
  }

  /** Images of other languages, of what Debian and their registries have; for the processor of this machine alone. */
  private async language(image: string): Promise<StandIn | undefined> {
    const [, name, version] = /^(node|python|maven|rust):([\d.]+)-/.exec(image) ?? [];
    const builder = { Env: [PATH, ...trust(`/${CERTIFICATES}`)], WorkingDir: '/', Cmd: ['bash'] };
    const host = [HOST_ARCHITECTURE];
    switch (name) {
      case 'node':
        return this.image(image, [await this.debian('trixie', BUILD_PACKAGES, 'build'), await this.certificates(), await this.node(version, '')], builder, host);
      case 'python':
        return this.image(image, [await this.debian('trixie', PYTHON_PACKAGES, 'python'), await this.certificates(), await this.pythonNames()], builder, host);
      case 'maven':
        return this.image(image, [await this.debian('trixie', JAVA_PACKAGES, 'java'), await this.certificates()], builder, host);
      case 'rust':
        return this.image(image, [await this.debian('trixie', RUST_PACKAGES, 'rust'), await this.certificates()], { ...builder, Env: [...builder.Env, 'CARGO_HOME=/usr/local/cargo'] }, host);
      default:
    }
    const [, runtime, major] = /^gcr\.io\/distroless\/(nodejs|python3|java|cc|base)(\d*)-debian13:(?:debug-)?nonroot$/.exec(image) ?? [];
    const config = { Env: [PATH, `SSL_CERT_FILE=/${CERTIFICATES}`], User: String(NONROOT), WorkingDir: '/home/nonroot' };
    const libraries = ['./usr/lib/*-linux-gnu', './usr/lib64', './lib', './lib64'];
    switch (runtime) {
      case 'nodejs':
        return this.image(image, [await this.system(), await this.part('build', libraries), await this.node(major, 'nodejs')], config, host);
      case 'python3':
        return this.image(image, [await this.system(), await this.part('python', [...libraries, './usr/bin/python3*', './usr/lib/python3*', './etc/mime.types'])], config, host);
      case 'java':
        return this.image(image, [await this.system(), await this.part('java', [...libraries, './usr/lib/jvm', `./etc/java-${major}-openjdk`, './etc/alternatives/java', './usr/bin/java'])], config, host);
      case 'cc':
      case 'base':
        // Nothing of another processor is run, so it need not be there.
        return this.image(image, [await this.system(), await this.part('build', libraries)], config, ARCHITECTURES);
      default:
        return undefined;
    }
  }

  /** Node, and npm beside it where somebody installs packages; both lie in npm's own registry. */
  private async node(version: string, folder: string): Promise<string> {
    const of = version.includes('.') ? version : `^${version}.0.0`;
    return this.kept(`node-${version}${folder && `-${folder}`}.tar`, async file => {
      const work = join(this.work, `node-${version}-${folder}`);
      mkdirSync(work, { recursive: true });
      const bin = folder ? join(work, folder, 'bin') : join(work, 'usr/local/bin');
      mkdirSync(bin, { recursive: true });
      const fetch = async (what: string, into: string): Promise<void> => {
        const tarball = (await output('npm', ['pack', '--silent', what], { cwd: this.work, timeoutSeconds: 300 })).trim().split('\n').pop()!;
        mkdirSync(into, { recursive: true });
        await output('tar', ['-xzf', join(this.work, tarball), '-C', into, '--strip-components=1']);
      };
      const architecture = HOST_ARCHITECTURE === 'amd64' ? 'x64' : HOST_ARCHITECTURE;
      const unpacked = join(this.work, `node-${version}-${folder}-package`);
      await fetch(`node-linux-${architecture}@${of}`, unpacked);
      renameSync(join(unpacked, 'bin/node'), join(bin, 'node'));
      if (!folder) {
        await fetch('npm@11', join(work, 'usr/local/lib/node_modules/npm'));
        symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(bin, 'npm'));
      }
      await tar(work, file);
    });
  }

  /** The names by which the official image calls what Debian calls otherwise. */
  private async pythonNames(): Promise<string> {
    const work = join(this.work, 'python-names');
    mkdirSync(join(work, 'usr/local/bin'), { recursive: true });
    symlinkSync('/usr/bin/python3', join(work, 'usr/local/bin/python'));
    symlinkSync('/usr/bin/pip3', join(work, 'usr/local/bin/pip'));
    return tar(work, join(this.work, 'python-names.tar'));
  }

  /** Some paths of a Debian. */
  private async part(label: string, paths: readonly string[]): Promise<string> {
    const name = `part-${label}`;
    const from = await this.debian('trixie', PACKAGES_OF[label], label);
    return this.kept(`${name}.tar`, async file => {
      const work = join(this.work, name);
      mkdirSync(work, { recursive: true });
      await output('tar', ['-xf', from, '-C', work, '--wildcards', '--exclude=*/gcc/*', '--exclude=*.a', ...paths], { timeoutSeconds: 300 });
      await tar(work, file);
    });
  }

  private async image(image: string, layers: readonly string[], config: ContainerConfig, architectures: readonly string[]): Promise<StandIn> {
    const folder = join(this.work, image.replace(/[^\w.-]/g, '_'));
    return { folder, digest: await writeImage(folder, 'latest', layers, config, architectures) };
  }

  /** A minimal Debian with what these images hold of its packages. */
  private async debian(suite: string, packages: readonly string[] = [], label?: string): Promise<string> {
    return this.kept(`debian-${suite}${label === undefined ? '' : `-${label}`}.tar`, async file => {
      await provide(['mmdebstrap'], this.say);
      const include = ['ca-certificates', 'tzdata', 'busybox-static', ...packages].join(',');
      await output('mmdebstrap', ['--quiet', '--variant=minbase', `--include=${include}`, suite, file, MIRROR], { timeoutSeconds: 1200, background: true });
    });
  }

  /** The certificates that this machine trusts, so that what is reached from here is reached from there. */
  private async certificates(): Promise<string> {
    const folder = join(this.work, 'certificates');
    mkdirSync(join(folder, 'etc/ssl/certs'), { recursive: true });
    // Java believes in none but its own.
    for (const file of [CERTIFICATES, 'etc/ssl/certs/java/cacerts'].filter(each => existsSync(`/${each}`))) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      await output('cp', ['-L', `/${file}`, join(folder, file)]);
    }
    return tar(folder, join(this.work, 'certificates.tar'));
  }

  /** The toolchain of exactly this version, which the go command downloads and verifies like a module. */
  private async go(version: string): Promise<string> {
    return this.kept(`go-${version}.tar`, async file => {
      const go = findProgram('go');
      if (!go) {
        throw new Unavailable('there is no Go whose toolchain could stand in the image golang');
      }
      const root = (await output(go, ['env', 'GOROOT'], { cwd: this.work, env: { GOTOOLCHAIN: `go${version}` }, timeoutSeconds: 600 })).trim();
      await output('tar', ['-C', root, '--owner=0', '--group=0', '--mode=u+w', '--transform=s,^\\.,usr/local/go,', '--exclude=./test', '--exclude=./api', '-cf', file, '.']);
    });
  }

  /** What a static program expects of its system, and no more, but for a shell in a folder where one is wanted. */
  private async system(shells?: string): Promise<string> {
    const folder = join(this.work, `system-${shells ?? 'bare'}`);
    const from = await this.debian('trixie');
    mkdirSync(folder, { recursive: true });
    await output('tar', ['-xf', from, '-C', folder, './usr/share/zoneinfo', `./${CERTIFICATES}`, ...shells ? ['./usr/bin/busybox'] : []]);
    const path = (name: string): string => join(folder, name);
    ['tmp', 'home/nonroot', 'root', 'proc', 'dev', 'sys', 'usr/bin'].forEach(name => mkdirSync(path(name), { recursive: true }));
    writeFileSync(path('etc/passwd'), `root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:${NONROOT}:${NONROOT}:nonroot:/home/nonroot:/sbin/nologin\n`);
    writeFileSync(path('etc/group'), `root:x:0:\nnonroot:x:${NONROOT}:\n`);
    await output('chmod', ['1777', path('tmp')]);
    await output('chown', [`${NONROOT}:${NONROOT}`, path('home/nonroot')]);
    if (shells) {
      const applets = (await output(path('usr/bin/busybox'), ['--list'])).trim().split('\n');
      mkdirSync(path(shells), { recursive: true });
      renameSync(path('usr/bin/busybox'), path(`${shells}/busybox`));
      applets.filter(name => !exists(path(`${shells}/${name}`))).forEach(name => symlinkSync(`/${shells}/busybox`, path(`${shells}/${name}`)));
    }
    return tar(folder, `${folder}.tar`);
  }

  /** Where the go command of this machine finds its modules. */
  private async proxies(): Promise<string[]> {
    const names = ['GOPROXY', 'GOSUMDB', 'GONOSUMDB', 'GOPRIVATE'];
    const values = (await output('go', ['env', ...names])).split('\n');
    return names.map((name, index) => `${name}=${values[index]}`).filter(variable => !variable.endsWith('='));
  }

  private async kept(name: string, make: (file: string) => Promise<void>): Promise<string> {
    const file = join(this.folder, name);
    if (!existsSync(file)) {
      this.say(`making ${name} (once)`);
      const unfinished = join(this.folder, `unfinished-${process.pid}.tar`);
      try {
        await make(unfinished);
        renameSync(unfinished, file);
      } finally {
        rmSync(unfinished, { force: true });
      }
    }
    return file;
  }
}

/** The variables by which programs that bring certificates of their own find those of this machine. */
function trust(file: string): string[] {
  return ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'PIP_CERT', 'CARGO_HTTP_CAINFO'].map(name => `${name}=${file}`).concat('PIP_BREAK_SYSTEM_PACKAGES=1');
}

async function tar(folder: string, file: string): Promise<string> {
  await output('tar', ['-C', folder, '--numeric-owner', '--sort=name', '--mtime=@0', '-cf', file, '.']);
  return file;
}

/** A link counts, whether or not it leads anywhere. */
function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
