import type { JavaLanguage } from './java-language';
import type { Report } from '../../diagnostics/report';

const VERSION = /^\d+$/;
const MAVEN_VERSION = /^\d+\.\d+(\.\d+)?$/;
const JAR = /^[\w][\w.+-]*\.jar$/;
const CLASS = /^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/;

/** Reports what is wrong with the recipe of a program in Java. */
export function checkJava(java: JavaLanguage, report: Report): void {
  const { source, options: { mavenVersion, mainClass, jvmFlags }, version } = java;
  if (!VERSION.test(version)) {
    report({ code: 'invalid-version', property: 'javaVersion', message: `'${version}' is not a version of Java.`, remedy: "Write the major version, for example '21'." });
  }
  if (mavenVersion !== undefined && !MAVEN_VERSION.test(mavenVersion)) {
    report({ code: 'invalid-version', property: 'mavenVersion', message: `'${mavenVersion}' is not a version of Maven.`, remedy: "Write it in full, for example '3.9.11'." });
  }
  if (mainClass !== undefined && !CLASS.test(mainClass)) {
    report({ code: 'invalid-value', property: 'mainClass', message: `'${mainClass}' is not the name of a class.`, remedy: "Write it with its package, for example 'com.example.Main'." });
  }
  if (mainClass !== undefined && java.layered) {
    report({ code: 'conflicting-options', property: 'mainClass', message: 'A jar of Spring Boot knows its class by itself.', remedy: "Leave 'mainClass' out, or write layered: false." });
  }
  (jvmFlags ?? []).forEach((flag, index) => {
    if (!/^-[^\s]+$/.test(flag)) {
      report({ code: 'invalid-value', property: `jvmFlags[${index}]`, message: `'${flag}' is not a flag of the virtual machine.`, remedy: "Write one flag for each entry of the list, for example '-Xss512k'." });
    }
  });
  if (java.fault()) {
    return;
  }
  if (java.jar === undefined || !JAR.test(java.jar)) {
    report({
      code: java.options.jar === undefined ? 'source-folder' : 'invalid-value',
      property: 'jar',
      message: java.jar === undefined ? `The pom.xml of '${source.path}' does not say what the jar is called.` : `'${java.jar}' is not the name of a jar.`,
      remedy: "Write the name of the file that Maven packages, for example 'billing-1.0.0.jar'.",
    });
  }
}
