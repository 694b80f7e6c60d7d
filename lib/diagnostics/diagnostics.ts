import { type IConstruct, type IValidation } from 'constructs';
import { type Code, CODES } from './codes';
import { hasOnly } from './constructs-internals';
import { type Diagnostic, formatDiagnostic, Severity } from './diagnostic';
import { type Report } from './report';

const CHECKS = Symbol.for('cdk8s-golden-path.Checks');
const ACKNOWLEDGED = Symbol.for('cdk8s-golden-path.Acknowledged');

type CheckedConstruct = IConstruct & { [CHECKS]?: ConstructChecks; [ACKNOWLEDGED]?: Map<string, string> };

/** Lists the constructs of an app, and has each of them looked at. */
export type Walk = (look: (construct: IConstruct) => void) => readonly IConstruct[];

/** A check of one construct, run when the app is validated: then every call of the user has been made. */
export type Check = (report: Report) => void;

/**
 * The findings about an app.
 *
 * Constructs register checks; nothing runs before the app is validated. `PlatformApp.synth()` gathers the
 * findings of the whole tree at once, a stock `App` gets the errors as its validation messages.
 */
export class Diagnostics {
  /** The findings of `scope` and of everything below it. */
  public static of(scope: IConstruct): Diagnostics {
    return new Diagnostics(scope);
  }

  /**
   * Registers a check of a construct.
   *
   * @internal
   */
  public static _check(construct: IConstruct, check: Check): void {
    const existing = checksOf(construct);
    if (existing) {
      existing.add(check);
      return;
    }
    const checks = new ConstructChecks(construct, check);
    (construct as CheckedConstruct)[CHECKS] = checks;
    construct.node.addValidation(checks);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Accepts a warning at this construct and below, with the reason. An error cannot be accepted.
   *
   * @param code the code of the finding
   * @param reason why it is right here
   */
  public acknowledge(code: string, reason: string): void {
    let acknowledged = acknowledgementsOf(this.scope);
    if (!acknowledged) {
      acknowledged = new Map();
      (this.scope as CheckedConstruct)[ACKNOWLEDGED] = acknowledged;
      Diagnostics._check(this.scope, report => checkAcknowledgements(this.scope, report));
    }
    acknowledged.set(code, reason);
  }

  /**
   * Runs every check and returns what they find, in the order of the construct tree,
   * acknowledged findings included. Messages of validations that others added to the tree come as errors.
   */
  public collect(): Diagnostic[] {
    return this._collect(look => {
      const all = this.scope.node.findAll();
      all.forEach(look);
      return all;
    });
  }

  /**
   * The same, for who walks over the app as well.
   *
   * @param walk lists the constructs, each before those below it, and has each looked at on the way; called again once the last one has
   * spoken who may change the app
   * @internal
   */
  public _collect(walk: Walk): Diagnostic[] {
    const validatedByOthers: IConstruct[] = [];
    const before = walk(construct => {
      if (!hasOnly(construct.node, checksOf(construct))) {
        validatedByOthers.push(construct);
      }
    });
    // What others do in their validations comes first: our checks judge what will be written.
    const foreign = foreignMessages(validatedByOthers);
    // Whoever was taken out of the app by a validation is heard all the same.
    const all = validatedByOthers.length > 0 ? new Set([...walk(() => undefined), ...validatedByOthers]) : before;
    const found: Diagnostic[] = [];
    all.forEach(construct => {
      checksOf(construct)?.run().forEach(diagnostic => {
        const reason = diagnostic.severity === Severity.ERROR ? undefined : acknowledgedReason(construct, diagnostic.code);
        found.push(reason === undefined ? diagnostic : { ...diagnostic, acknowledgedReason: reason });
      });
      foreign.get(construct)?.forEach(message => found.push({
        code: 'validation',
        severity: Severity.ERROR,
        path: displayPath(construct),
        message,
        remedy: 'This comes from a validation that another package or your own code added to the construct; mend what it names.',
      }));
    });
    return found;
  }

  /** The findings that stop synthesis. */
  public errors(): Diagnostic[] {
    return this.collect().filter(diagnostic => diagnostic.severity === Severity.ERROR);
  }

  /** The warnings that nobody has accepted. */
  public warnings(): Diagnostic[] {
    return this.collect().filter(diagnostic => diagnostic.severity === Severity.WARNING && diagnostic.acknowledgedReason === undefined);
  }
}

/** Set while the validations of others speak alone. */
let muted = false;

/** What validations say that are not checks of this library. */
function foreignMessages(constructs: readonly IConstruct[]): ReadonlyMap<IConstruct, readonly string[]> {
  muted = true;
  try {
    return new Map(constructs.map(construct => [construct, construct.node.validate()]));
  } finally {
    muted = false;
  }
}

/** The checks of one construct, and what a stock `App` sees of them: only errors stop it. */
class ConstructChecks implements IValidation {
  private readonly checks: Check[];

  public constructor(private readonly construct: IConstruct, first: Check) {
    // Most have one; a list that grows by its first item makes room for many.
    this.checks = [first];
  }

  public add(check: Check): void {
    this.checks.push(check);
  }

  public run(): readonly Diagnostic[] {
    // Two checks may parse the same value; one finding is enough.
    let found: Map<string, Diagnostic> | undefined;
    const report: Report = fault => {
      const diagnostic: Diagnostic = {
        code: fault.code,
        severity: CODES[fault.code].severity,
        path: fault.path ?? displayPath(this.construct),
        ...(fault.property !== undefined && { property: fault.property }),
        message: fault.message,
        remedy: fault.remedy,
      };
      const text = formatDiagnostic(diagnostic);
      found ??= new Map();
      if (!found.has(text)) {
        found.set(text, diagnostic);
      }
    };
    this.checks.forEach(check => check(report));
    return found ? [...found.values()] : [];
  }

  public validate(): string[] {
    if (muted) {
      return [];
    }
    return this.run()
      .filter(diagnostic => diagnostic.severity === Severity.ERROR)
      .map(({ code, path, property, message, remedy }) => {
        const where = [...path === displayPath(this.construct) ? [] : [path], ...property === undefined ? [] : [property]].join(' ');
        return `${code}${where ? ` (${where})` : ''}: ${message} ${remedy}`;
      });
  }
}

function checksOf(construct: IConstruct): ConstructChecks | undefined {
  return (construct as CheckedConstruct)[CHECKS];
}

function acknowledgementsOf(construct: IConstruct): Map<string, string> | undefined {
  return (construct as CheckedConstruct)[ACKNOWLEDGED];
}

/** The nearest acknowledgement up the tree counts. */
function acknowledgedReason(construct: IConstruct, code: string): string | undefined {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    const reason = acknowledgementsOf(at)?.get(code);
    if (reason !== undefined) {
      return reason;
    }
  }
  return undefined;
}

function checkAcknowledgements(construct: IConstruct, report: Report): void {
  for (const [code, reason] of acknowledgementsOf(construct) ?? []) {
    if (!Object.hasOwn(CODES, code)) {
      report({
        code: 'unknown-code',
        property: `acknowledge('${code}')`,
        message: `There is no diagnostic with the code '${code}'.`,
        remedy: 'Write a code from docs/diagnostics.md.',
      });
    } else if (CODES[code as Code].severity === Severity.ERROR) {
      report({
        code: 'error-acknowledged',
        property: `acknowledge('${code}')`,
        message: `'${code}' is an error and cannot be acknowledged.`,
        remedy: 'Mend what it names and drop the acknowledgement.',
      });
    } else if (reason.trim() === '') {
      report({
        code: 'reason-missing',
        property: `acknowledge('${code}')`,
        message: 'The acknowledgement gives no reason.',
        remedy: 'Say in a few words why the finding is right here.',
      });
    }
  }
}

/** The root of a cdk8s app has the empty path. */
function displayPath(construct: IConstruct): string {
  return construct.node.path || 'app';
}
