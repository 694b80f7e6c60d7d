import { defined } from '../../definition/json';

/** What a pom.xml says, as far as an image depends on it. */
export interface PomFile {
  readonly artifactId?: string;
  readonly version?: string;
  readonly finalName?: string;
  /** The major version of Java that it compiles for. */
  readonly javaVersion?: string;
  readonly hasSpringBoot: boolean;
}

/** Where artifacts and versions of others stand. */
const FOREIGN = /<(dependencies|dependencyManagement|profiles|reporting|pluginManagement)>[\s\S]*?<\/\1>/g;
const VERSION_PROPERTIES = ['maven.compiler.release', 'java.version', 'maven.compiler.target', 'maven.compiler.source'];

/**
 * Reads a pom.xml. What it does not know it skips: Maven checks the rest.
 *
 * @see https://maven.apache.org/pom.html
 */
export function parsePom(text: string): PomFile {
  const plain = text.replace(/<!--[\s\S]*?-->/g, '');
  const own = plain.replace(FOREIGN, '');
  const build = element(own, 'build');
  const project = own.replace(/<(build|parent)>[\s\S]*?<\/\1>/g, '');
  const parent = element(own, 'parent') ?? '';
  const resolve = (value: string | undefined): string | undefined => value?.replace(/\$\{([^}]+)\}/g, (whole, name: string) => {
    const of: { readonly [name: string]: string | undefined } = {
      'project.artifactId': element(project, 'artifactId'),
      'project.version': element(project, 'version') ?? element(parent, 'version'),
    };
    return of[name] ?? element(project, name) ?? whole;
  });
  const said = VERSION_PROPERTIES.map(name => resolve(element(project, name))).find(value => value !== undefined)
    ?? resolve(build && element(build, 'release'));
  const values = {
    artifactId: element(project, 'artifactId'),
    version: resolve(element(project, 'version') ?? element(parent, 'version')),
    finalName: resolve(build && element(build.replace(/<plugins>[\s\S]*?<\/plugins>/, ''), 'finalName')),
    javaVersion: said?.replace(/^1\./, ''),
  };
  return {
    ...defined(values),
    hasSpringBoot: /<artifactId>\s*spring-boot-maven-plugin\s*<\/artifactId>/.test(plain),
  };
}

function element(text: string, name: string): string | undefined {
  const escaped = name.replace(/\./g, '\\.');
  return new RegExp(`<${escaped}>\\s*([\\s\\S]*?)\\s*</${escaped}>`).exec(text)?.[1];
}
