import type { NodeLanguage } from './node-language';
import type { Report } from '../../diagnostics/report';
import { PLAIN_PATH } from '../recipe/option-checks';
import { insideOf } from '../source-folder';

const VERSION = /^\d+(\.\d+){0,2}$/;
const SCRIPT = /^[\w:.-]+$/;

/** Reports what is wrong with the recipe of a program in JavaScript. */
export function checkNode(node: NodeLanguage, report: Report): void {
  const { source, options, version } = node;
  if (!VERSION.test(version)) {
    report({ code: 'invalid-version', property: 'nodeVersion', message: `'${version}' is not a version of Node.`, remedy: "Write it in full, for example '24.11.1'; a range or the name of a line is none." });
  }
  if (options.buildScript !== undefined && !SCRIPT.test(options.buildScript)) {
    report({ code: 'invalid-value', property: 'buildScript', message: `'${options.buildScript}' is not the name of a script.`, remedy: "Write a key of 'scripts' in package.json, for example 'build'." });
  }
  (options.output ?? []).forEach((path, index) => {
    if (insideOf(path) === undefined || !PLAIN_PATH.test(path)) {
      report({ code: 'invalid-dockerfile', property: `output[${index}]`, message: `'${path}' is not a path inside the folder.`, remedy: "Write a file or folder relative to the package, for example 'dist'." });
    }
  });
  const main = options.main ?? node.packageFile?.main;
  if (main !== undefined && (insideOf(main) === undefined || !PLAIN_PATH.test(main))) {
    report({ code: 'invalid-value', property: 'main', message: `'${main}' is not a file of the package.`, remedy: "Write the file that Node runs, for example 'dist/server.js'." });
    return;
  }
  if (node.fault()) {
    return;
  }
  const fault = (property: string, message: string, remedy: string): void => report({ code: 'source-folder', property, message, remedy });
  if (node.packageFile === undefined) {
    fault('path', `The package.json of '${source.path}' is no JSON object.`, "Mend it, or make one: 'npm init'.");
    return;
  }
  if (!source.isFile('package-lock.json')) {
    fault('path', `There is no package-lock.json in '${source.path}', so nobody knows which versions are installed.`, "Run 'npm install' in it and commit both files.");
  }
  if (options.buildScript !== undefined && SCRIPT.test(options.buildScript) && node.packageFile.scripts?.[options.buildScript] === undefined) {
    fault('buildScript', `The package.json of '${source.path}' has no script '${options.buildScript}'.`, "Write a key of its 'scripts'.");
  }
  // What a script builds is not there yet.
  if (node.buildScript === undefined && !source.isFile(node.main)) {
    fault('main', `There is no '${node.main}' in '${source.path}'.`, "Write the file that Node runs, for example 'src/server.js'.");
  }
}
