import type { PlannedBuild } from '../images/bake/planned-build';

/**
 * An expression of Terraform that changes with what the build of an image reads, and with nothing else: the files that its .dockerignore admits.
 *
 * @param context the folder that the build reads, as an expression inside a text
 */
export function inputsExpression({ ignoreFile }: PlannedBuild, context: string): string {
  const rules = ignoreFile.split('\n').filter(line => line !== '' && !line.startsWith('#') && line !== '*');
  let files = 'toset([])';
  // The last rule that matches decides, so they are taken in turn; rules of one kind that follow each other are one step.
  for (let start = 0; start < rules.length;) {
    const admits = rules[start].startsWith('!');
    let end = start;
    while (end < rules.length && rules[end].startsWith('!') === admits) {
      end += 1;
    }
    const patterns = rules.slice(start, end).flatMap(patternsOf).map(pattern => JSON.stringify(pattern)).join(', ');
    const matched = `toset(flatten([for pattern in [${patterns}] : tolist(fileset("${context}", pattern))]))`;
    files = admits ? `setunion(${files}, ${matched})` : `setsubtract(${files}, ${matched})`;
    start = end;
  }
  return `\${sha256(join("\\n", [for file in sort(${files}) : "\${file} \${filesha256("${context}/\${file}")}"]))}`;
}

/** A rule names a file, or a folder with all that is in it. */
function patternsOf(rule: string): string[] {
  const pattern = rule.replace(/^!/, '').replace(/^\/+|\/+$/g, '');
  return [pattern, `${pattern}/**`];
}
