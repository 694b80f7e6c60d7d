/**
 * Rewrites `{ ...a, b }` as `{ ...NO_FIELDS, ...a, b }` in the compiled library, with an empty object of that name at the top of the file.
 *
 * Node 20 clones the object that stands first and then gives each clone a hidden class of its own: the literal takes fifteen times as
 * long, and whatever reads the result can no longer be optimised. Rewriting them takes a third off the synthesis of a large app. This step can
 * go when Node 20 does; `npm run bench` tells the difference.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

/** A variable, since whoever bundles the library shortens its syntax, and a literal that says nothing would be left out. */
const EMPTY = 'NO_FIELDS';
const DECLARATION = `const ${EMPTY} = {};`;
const STRICT = /^"use strict";/;

/** The program with an empty spread before each that stands first among others. Running it again changes nothing. */
export function separateLeadingSpreads(text: string): string {
  const source = ts.createSourceFile('program.ts', text, ts.ScriptTarget.Latest);
  const positions: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node) && node.properties.length > 1) {
      const [first] = node.properties;
      if (ts.isSpreadAssignment(first) && first.expression.getText(source) !== EMPTY) {
        positions.push(first.getStart(source));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (positions.length === 0) {
    return text;
  }
  const separated = positions.sort((a, b) => b - a).reduce((result, position) => `${result.slice(0, position)}...${EMPTY}, ${result.slice(position)}`, text);
  // On the first line, so that no line of the source map moves.
  return STRICT.test(separated) ? separated.replace(STRICT, `$& ${DECLARATION}`) : `${DECLARATION} ${separated}`;
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
