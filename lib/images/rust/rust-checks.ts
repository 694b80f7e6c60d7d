import type { RustLanguage } from './rust-language';
import type { Report } from '../../diagnostics/report';
import { canCross } from '../recipe/cross';

const VERSION = /^1\.\d+(\.\d+)?$/;
const NAME = /^[A-Za-z0-9_][\w-]*$/;
const FEATURE = /^[\w+./-]+$/;

/** Reports what is wrong with the recipe of a program in Rust. */
export function checkRust(rust: RustLanguage, report: Report): void {
  const { source, options: { features = [] }, version, binary, platforms } = rust;
  if (!VERSION.test(version)) {
    report({ code: 'invalid-version', property: 'rustVersion', message: `'${version}' is not a version of Rust.`, remedy: "Write it in full, for example '1.95.0'; 'stable' is another one next month." });
  }
  features.forEach((feature, index) => {
    if (!FEATURE.test(feature)) {
      report({ code: 'invalid-value', property: `features[${index}]`, message: `'${feature}' is not a feature.`, remedy: 'Write one feature for each entry of the list.' });
    }
  });
  platforms.forEach((platform, index) => {
    if (!canCross(platform)) {
      report({ code: 'invalid-value', property: `platforms[${index}]`, message: `Debian has no compiler that builds for '${platform}'.`, remedy: 'Leave it out, or write linux/amd64, linux/arm64 or linux/arm/v7.' });
    }
  });
  if (rust.fault()) {
    return;
  }
  if (binary === undefined || !NAME.test(binary)) {
    report({
      code: rust.options.binary === undefined ? 'source-folder' : 'invalid-value',
      property: 'binary',
      message: binary === undefined ? `The Cargo.toml of '${source.path}' names no package.` : `'${binary}' is not the name of a binary.`,
      remedy: "Write the name that Cargo gives the program, for example 'pricing'.",
    });
  }
  if (!source.isFile('Cargo.lock')) {
    report({ code: 'source-folder', property: 'path', message: `There is no Cargo.lock in '${source.path}', so nobody knows which versions are built.`, remedy: "Run 'cargo generate-lockfile' in it and commit both files." });
  }
}
