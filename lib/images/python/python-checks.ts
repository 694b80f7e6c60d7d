import type { PythonLanguage } from './python-language';
import type { Report } from '../../diagnostics/report';
import { PLAIN_PATH } from '../recipe/option-checks';
import { insideOf } from '../source-folder';

const VERSION = /^3\.\d+(\.\d+)?$/;
const MODULE = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;

/** Reports what is wrong with the recipe of a program in Python. */
export function checkPython(python: PythonLanguage, report: Report): void {
  const { source, options: { module, main, packages }, version } = python;
  if (!VERSION.test(version)) {
    report({ code: 'invalid-version', property: 'pythonVersion', message: `'${version}' is not a version of Python.`, remedy: "Write it in full, for example '3.13.9'." });
  }
  if (module !== undefined && main !== undefined) {
    report({ code: 'conflicting-options', property: 'main', message: 'Python runs either a module or a file, and both are given.', remedy: "Leave 'main' or 'module' out." });
  }
  if (module !== undefined && !MODULE.test(module)) {
    report({ code: 'invalid-value', property: 'module', message: `'${module}' is not the name of a module.`, remedy: "Write it as 'python -m' takes it, for example 'mail.server'." });
    return;
  }
  if (main !== undefined && (insideOf(main) === undefined || !PLAIN_PATH.test(main))) {
    report({ code: 'invalid-value', property: 'main', message: `'${main}' is not a file of the project.`, remedy: "Write the file that Python runs, for example 'main.py'." });
    return;
  }
  const wrong = (packages ?? []).findIndex(path => insideOf(path) === undefined || !PLAIN_PATH.test(path));
  if (wrong >= 0) {
    report({ code: 'invalid-dockerfile', property: `packages[${wrong}]`, message: `'${packages![wrong]}' is not a path inside the folder.`, remedy: "Write a file or folder relative to the project, for example 'src'." });
    return;
  }
  if (python.fault()) {
    return;
  }
  const fault = (property: string, message: string, remedy: string): void => report({ code: 'source-folder', property, message, remedy });
  if (python.usesUv && !source.isFile('pyproject.toml')) {
    fault('path', `There is a uv.lock in '${source.path}', but no pyproject.toml.`, 'Commit both.');
  }
  for (const path of python.packages.filter(each => !source.isFile(each) && !source.isDirectory(each))) {
    fault(packages ? 'packages' : module === undefined ? 'main' : 'module', `There is no '${path}' in '${source.path}'.`, "Write a module or file of the project, or its 'packages' where an installed module runs them.");
  }
  if (module === undefined && packages !== undefined && !source.isFile(python.main)) {
    fault('main', `There is no '${python.main}' in '${source.path}'.`, "Write the file that Python runs, for example 'main.py', or a 'module'.");
  }
}
