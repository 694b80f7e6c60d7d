import * as ts from 'typescript';
import type { Schema } from './openapi';
import type { JsonSchema } from './strict-schema';

/** What a validator does, as its statements show it. */
interface Facts {
  readonly schema: JsonSchema;
  readonly properties: { [name: string]: string };
  readonly required: string[];
  /** The validators that the whole value is given to. */
  readonly parts: string[];
  junction?: 'anyOf' | 'oneOf';
  items?: string;
  additionalProperties?: string;
}

/**
 * Reads the schema of a kind back out of the validator that Ajv compiled from it: one function a subschema, each of which names what it
 * demands in the errors that it makes, and hands each property to the function of its schema. What it meets and does not know is an error.
 * That everything may be null is an addition of the package, and is left out.
 */
export function readCompiledSchema(text: string): Schema {
  return new CompiledSchema(ts.createSourceFile('validator.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS)).read();
}

class CompiledSchema {
  private readonly functions = new Map<string, ts.FunctionDeclaration>();
  private readonly imported = new Set<string>();
  private readonly constants = new Map<string, unknown[]>();
  private readonly known = new Map<string, JsonSchema>();
  private root = '';

  public constructor(source: ts.SourceFile) {
    source.statements.forEach(statement => this.declare(statement));
  }

  public read(): Schema {
    return this.schemaOf(this.root) as Schema;
  }

  private declare(statement: ts.Statement): void {
    if (ts.isFunctionDeclaration(statement)) {
      this.functions.set(statement.name!.text, statement);
    } else if (ts.isImportDeclaration(statement)) {
      (statement.importClause!.namedBindings as ts.NamedImports).elements.forEach(({ name }) => this.imported.add(name.text));
    } else if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (initializer && ts.isArrayLiteralExpression(initializer)) {
          this.constants.set(name.getText(), initializer.elements.map(literal));
        } else if (initializer && ts.isIdentifier(initializer)) {
          this.root = initializer.text;
        }
      }
    }
  }

  private schemaOf(name: string): JsonSchema {
    const known = this.known.get(name);
    if (known) {
      return known;
    }
    // Those of other files stand for types of Kubernetes, metadata for one, which whoever reads the schema knows.
    const schema = this.imported.has(name) ? { type: 'object' } : this.build(this.factsOf(name));
    this.known.set(name, schema);
    return schema;
  }

  private build({ schema, properties, required, parts, junction, items, additionalProperties }: Facts): JsonSchema {
    if (parts.length > 0 && !junction) {
      return Object.assign({}, schema, ...parts.map(part => this.schemaOf(part)));
    }
    const alternatives = parts.map(part => this.schemaOf(part));
    const result: JsonSchema = {
      ...schema,
      ...junction && (isIntOrString(alternatives) ? { 'x-kubernetes-int-or-string': true } : { [junction]: alternatives }),
      ...Object.keys(properties).length > 0 && {
        properties: Object.fromEntries(Object.entries(properties).map(([property, validator]) => [property, this.schemaOf(validator)])),
      },
      ...required.length > 0 && { required },
      ...items && { items: this.schemaOf(items) },
      ...additionalProperties && { additionalProperties: this.schemaOf(additionalProperties) },
    };
    const isOpen = result.type === 'object' && !result.properties && !result.additionalProperties;
    return isOpen ? { ...result, 'x-kubernetes-preserve-unknown-fields': true } : result;
  }

  private factsOf(name: string): Facts {
    const facts: Facts = { schema: {}, properties: {}, required: [], parts: [] };
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && this.isValidator(node.expression)) {
        noteCall(node.expression.text, node.arguments[0], facts);
      } else if (ts.isObjectLiteralExpression(node) && valueOf(node, 'keyword')) {
        this.noteError(node, facts);
      }
      node.forEachChild(visit);
    };
    visit(this.functions.get(name)!.body!);
    return facts;
  }

  private isValidator(callee: ts.Expression): callee is ts.Identifier {
    return ts.isIdentifier(callee) && (this.functions.has(callee.text) || this.imported.has(callee.text));
  }

  private noteError(error: ts.ObjectLiteralExpression, facts: Facts): void {
    const keyword = (valueOf(error, 'keyword') as ts.StringLiteral).text;
    const params = valueOf(error, 'params') as ts.ObjectLiteralExpression;
    switch (keyword) {
      case 'type':
      case 'pattern':
        facts.schema[keyword] = literal(valueOf(params, keyword)!);
        break;
      case 'minimum':
      case 'maximum':
      case 'minItems':
        facts.schema[keyword] = literal(valueOf(params, 'limit')!);
        break;
      case 'enum':
        facts.schema.enum = this.constants.get(valueOf(params, 'allowedValues')!.getText());
        break;
      case 'required':
        facts.required.push(literal(valueOf(params, 'missingProperty')!) as string);
        break;
      case 'anyOf':
      case 'oneOf':
        facts.junction = keyword;
        break;
      default:
        throw new Error(`a validator that demands ${keyword} cannot be read yet`);
    }
  }
}

/** What a validator is asked about: the value itself, one of its properties, each of its items, or each of its values. */
function noteCall(validator: string, subject: ts.Expression, facts: Facts): void {
  if (ts.isIdentifier(subject)) {
    facts.parts.push(validator);
  } else if (ts.isPropertyAccessExpression(subject)) {
    facts.properties[subject.name.text] = validator;
  } else if (ts.isElementAccessExpression(subject) && ts.isStringLiteral(subject.argumentExpression)) {
    facts.properties[subject.argumentExpression.text] = validator;
  } else if (ts.findAncestor(subject, ts.isForInStatement)) {
    facts.additionalProperties = validator;
  } else if (ts.findAncestor(subject, ts.isForStatement)) {
    facts.items = validator;
  } else {
    throw new Error(`a validator that is asked about ${subject.getText()} cannot be read yet`);
  }
}

function isIntOrString(alternatives: readonly JsonSchema[]): boolean {
  return JSON.stringify(alternatives.map(({ type, ...others }) => Object.keys(others).length === 0 ? type : '').sort()) === '["integer","string"]';
}

function valueOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  return object.properties.filter(ts.isPropertyAssignment).find(property => property.name.getText() === name)?.initializer;
}

/** The value of a literal. */
function literal(node: ts.Expression): unknown {
  return ts.isStringLiteralLike(node) ? node.text : JSON.parse(node.getText());
}
