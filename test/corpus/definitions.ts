import { readFileSync } from 'node:fs';
import * as ts from 'typescript';
import { parseAllDocuments } from 'yaml';

/** How long something is in the definition, and in the YAML that it stands for. */
export interface Lengths {
  readonly name: string;
  readonly definition: number;
  readonly yaml: number;
}

/** The services of a definition, by the ids that they are made with, beside the objects of the original that carry their names. */
export function measure(definition: string, original: string): Lengths[] {
  const yaml = linesByName(readFileSync(original, 'utf8'));
  return [...statementsById(definition)].filter(([name]) => yaml.has(name))
    .map(([name, lines]) => ({ name, definition: lines, yaml: yaml.get(name)! }));
}

/** Lines of the statements that make a construct with an id, and of those that call a method of what was made. */
function statementsById(file: string): Map<string, number> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const lines = new Map<string, number>();
  const idByVariable = new Map<string, string>();
  for (const statement of source.statements) {
    const made = findMade(statement);
    const id = made ?? idByVariable.get(/\b(\w+)\.\w+\(/.exec(statement.getText())?.[1] ?? '');
    const variable = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0].name.getText() : undefined;
    if (made !== undefined && variable !== undefined) {
      idByVariable.set(variable, made);
    }
    if (id !== undefined) {
      lines.set(id, (lines.get(id) ?? 0) + statement.getText().split('\n').length);
    }
  }
  return lines;
}

/** The id of the construct that a statement makes. */
function findMade(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node)) {
    const id = node.arguments?.[1];
    return id && ts.isStringLiteral(id) ? id.text : undefined;
  }
  return ts.forEachChild(node, findMade);
}

/** Lines of the objects with a name, without the separators. */
function linesByName(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  for (const document of parseAllDocuments(text)) {
    const name = document.getIn(['metadata', 'name']) as string | undefined;
    if (name !== undefined) {
      lines.set(name, (lines.get(name) ?? 0) + String(document).trim().split('\n').filter(line => line !== '---').length);
    }
  }
  return lines;
}
