import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Diagnostics, PlatformApp, Severity } from '../../lib';
import { type Code, CODES } from '../../lib/diagnostics/codes';
import { formatDiagnostic } from '../../lib/diagnostics/diagnostic';
import { type Fault, type Report, silent, within } from '../../lib/diagnostics/report';
import { SynthesisError } from '../../lib/diagnostics/synthesis-error';

const fault = (code: Code, property?: string): Fault => ({ code, ...property !== undefined && { property }, message: `${code} is wrong.`, remedy: 'Mend it.' });

/** A construct in which somebody finds faults. */
class Faulty extends Construct {
  public constructor(scope: Construct, id: string, ...faults: Fault[]) {
    super(scope, id);
    Diagnostics._check(this, report => faults.forEach(report));
  }
}

const shortly = (scope: Construct) => Diagnostics.of(scope).collect().map(({ code, path, acknowledgedReason }) =>
  `${path} ${code}${acknowledgedReason === undefined ? '' : ` (${acknowledgedReason})`}`);

describe('collecting', () => {
  test('runs nothing before somebody asks, and runs it anew each time', () => {
    const check = jest.fn((report: Report) => report(fault('invalid-value')));
    const app = new App();
    Diagnostics._check(app, check);
    expect(check).not.toHaveBeenCalled();
    Diagnostics.of(app).collect();
    Diagnostics.of(app).collect();
    expect(check).toHaveBeenCalledTimes(2);
  });

  test('goes in the order of the tree, and in each construct in the order of its checks', () => {
    const app = new App();
    const b = new Faulty(app, 'b', fault('invalid-value'), fault('invalid-port'));
    new Faulty(app, 'a', fault('invalid-name'));
    new Faulty(b, 'inner', fault('invalid-label'));
    Diagnostics._check(b, report => report(fault('invalid-host')));
    Diagnostics._check(app, report => report(fault('invalid-path')));
    expect(shortly(app)).toEqual(['app invalid-path', 'b invalid-value', 'b invalid-port', 'b invalid-host', 'b/inner invalid-label', 'a invalid-name']);
  });

  test('fills in the severity of the code and the path of the construct', () => {
    const app = new App();
    new Faulty(app, 'shop', fault('hardening-off', 'security.user'));
    expect(Diagnostics.of(app).collect()).toEqual([{
      code: 'hardening-off', severity: Severity.WARNING, path: 'shop', property: 'security.user', message: 'hardening-off is wrong.', remedy: 'Mend it.',
    }]);
  });

  test('keeps to the scope', () => {
    const app = new App();
    const shop = new Faulty(app, 'shop', fault('invalid-value'));
    new Faulty(app, 'other', fault('invalid-value'));
    expect(shortly(shop)).toEqual(['shop invalid-value']);
  });

  test('says once what two checks of a construct find alike', () => {
    const app = new App();
    const shop = new Faulty(app, 'shop', fault('invalid-value', 'a'), fault('invalid-value', 'b'));
    Diagnostics._check(shop, report => report(fault('invalid-value', 'a')));
    expect(Diagnostics.of(app).collect().map(({ property }) => property)).toEqual(['a', 'b']);
  });

  test('tells errors from warnings', () => {
    const app = new App();
    new Faulty(app, 'shop', fault('invalid-value'), fault('hardening-off'), fault('digest-missing'));
    expect(Diagnostics.of(app).errors().map(({ code }) => code)).toEqual(['invalid-value']);
    expect(Diagnostics.of(app).warnings().map(({ code }) => code)).toEqual(['hardening-off']);
    expect(Diagnostics.of(app).collect()).toHaveLength(3);
  });
});

describe('validations of others', () => {
  test('come as errors, each once', () => {
    const app = new App();
    const shop = new Faulty(app, 'shop', fault('hardening-off'));
    shop.node.addValidation({ validate: () => ['The shop is closed.', 'It is dark.'] });
    new Construct(app, 'plain').node.addValidation({ validate: () => ['Plain.'] });
    expect(Diagnostics.of(app).collect().map(formatDiagnostic)).toEqual([
      'warning hardening-off [shop] hardening-off is wrong.\n    Mend it.',
      'error validation [shop] The shop is closed.\n    This comes from a validation that another package or your own code added to the construct; mend what it names.',
      'error validation [shop] It is dark.\n    This comes from a validation that another package or your own code added to the construct; mend what it names.',
      'error validation [plain] Plain.\n    This comes from a validation that another package or your own code added to the construct; mend what it names.',
    ]);
  });

  test('may add to the app, and what they add is judged', () => {
    const app = new App();
    const shop = new Construct(app, 'shop');
    shop.node.addValidation({
      validate: () => {
        shop.node.tryFindChild('late') ?? new Faulty(shop, 'late', fault('invalid-value'));
        return [];
      },
    });
    expect(Diagnostics.of(app).collect().map(({ path, code }) => [path, code])).toEqual([['shop/late', 'invalid-value']]);
  });

  test('may take constructs out of the app, and what these have said is heard', () => {
    const app = new App();
    const shop = new Construct(app, 'shop');
    new Construct(shop, 'old').node.addValidation({
      validate: () => {
        shop.node.tryRemoveChild('old');
        return ['Too old.'];
      },
    });
    expect(Diagnostics.of(app).collect().map(({ path, message }) => [path, message])).toEqual([['shop/old', 'Too old.']]);
  });

  test('do not mute ours when they throw', () => {
    const app = new App();
    const shop = new Faulty(app, 'shop', fault('invalid-value'));
    let broken = true;
    shop.node.addValidation({
      validate: () => {
        if (broken) {
          throw new Error('broken');
        }
        return [];
      },
    });
    expect(() => Diagnostics.of(app).collect()).toThrow('broken');
    broken = false;
    expect(shop.node.validate()).toEqual(['invalid-value: invalid-value is wrong. Mend it.']);
  });
});

describe('a stock app', () => {
  test('gets the errors as its validation messages, with what to do', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new Faulty(chart, 'orders', fault('invalid-port', 'port'), fault('hardening-off'), fault('invalid-name'));
    expect(() => app.synthYaml()).toThrow(
      'Validation failed with the following errors:\n  [shop/orders] invalid-port (port): invalid-port is wrong. Mend it.\n  [shop/orders] invalid-name: invalid-name is wrong. Mend it.');
    expect(() => Testing.synth(chart)).toThrow('[shop/orders] invalid-port (port): invalid-port is wrong. Mend it.');
  });

  test('is not stopped by warnings', () => {
    const chart = Testing.chart();
    new Faulty(chart, 'orders', fault('hardening-off'));
    new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(Testing.synth(chart)).toHaveLength(1);
  });
});

describe('acknowledging', () => {
  test('holds for the construct and everything below it', () => {
    const app = new App();
    const shop = new Faulty(app, 'shop', fault('hardening-off'));
    new Faulty(shop, 'orders', fault('hardening-off'), fault('host-access'));
    new Faulty(app, 'other', fault('hardening-off'));
    Diagnostics.of(shop).acknowledge('hardening-off', 'runs alone');
    expect(shortly(app)).toEqual(['shop hardening-off (runs alone)', 'shop/orders hardening-off (runs alone)', 'shop/orders host-access', 'other hardening-off']);
    expect(Diagnostics.of(app).warnings().map(({ path, code }) => `${path} ${code}`)).toEqual(['shop/orders host-access', 'other hardening-off']);
  });

  test('the nearest reason counts, and it counts whichever scope is asked', () => {
    const app = new App();
    const shop = new Faulty(app, 'shop');
    const orders = new Faulty(shop, 'orders', fault('hardening-off'));
    Diagnostics.of(app).acknowledge('hardening-off', 'far');
    Diagnostics.of(shop).acknowledge('hardening-off', 'near');
    expect(shortly(orders)).toEqual(['shop/orders hardening-off (near)']);
  });

  test('may come before what it is about', () => {
    const app = new App();
    Diagnostics.of(app).acknowledge('digest-missing', 'a demo');
    new Faulty(app, 'shop', fault('digest-missing'));
    expect(shortly(app)).toEqual(['shop digest-missing (a demo)']);
  });

  test.each<[string, string, string, string]>([
    ['a code that does not exist', 'hardening', 'why', `error unknown-code [shop acknowledge('hardening')] There is no diagnostic with the code 'hardening'.
    Write a code from docs/diagnostics.md.`],
    ['a name that every object has', 'constructor', 'why', `error unknown-code [shop acknowledge('constructor')] There is no diagnostic with the code 'constructor'.
    Write a code from docs/diagnostics.md.`],
    ['an error', 'invalid-port', 'why', `error error-acknowledged [shop acknowledge('invalid-port')] 'invalid-port' is an error and cannot be acknowledged.
    Mend what it names and drop the acknowledgement.`],
    ['no reason', 'hardening-off', ' ', `error reason-missing [shop acknowledge('hardening-off')] The acknowledgement gives no reason.
    Say in a few words why the finding is right here.`],
  ])('%s is an error', (_, code, reason, text) => {
    const app = new App();
    Diagnostics.of(new Construct(app, 'shop')).acknowledge(code, reason);
    expect(Diagnostics.of(app).collect().map(formatDiagnostic)).toEqual([text]);
  });

  test('an error stays one', () => {
    const app = new App();
    new Faulty(app, 'shop', fault('invalid-port'));
    Diagnostics.of(app).acknowledge('invalid-port', 'never mind');
    expect(Diagnostics.of(app).errors().map(({ code }) => code)).toEqual(['error-acknowledged', 'invalid-port']);
  });
});

describe('reports', () => {
  test.each([
    ['ports', 'number', 'ports.number'],
    ['ports', '[0].number', 'ports[0].number'],
    ['ports', undefined, 'ports'],
  ])('within %s, %s is %s', (outer, inner, joined) => {
    const taken: Fault[] = [];
    within(found => taken.push(found), outer)(fault('invalid-port', inner));
    expect(taken).toEqual([fault('invalid-port', joined)]);
  });

  test('silent takes everything', () => {
    expect(silent(fault('invalid-port'))).toBeUndefined();
  });
});

describe('SynthesisError', () => {
  const found = (code: Code) => ({ code, severity: CODES[code].severity, path: 'shop', message: 'It is wrong.', remedy: 'Mend it.' });

  test('counts and shows the errors alone, without a stack', () => {
    const error = new SynthesisError([found('invalid-port'), found('hardening-off')]);
    expect(error.message).toBe('1 error, nothing was written\n\nerror invalid-port [shop] It is wrong.\n    Mend it.\n');
    expect(error.diagnostics).toEqual([found('invalid-port')]);
    expect(error.name).toBe('SynthesisError');
    expect(error.stack ?? '').not.toMatch(/\n\s+at /);
    expect(Object.keys(error)).toEqual([]);
    expect(new SynthesisError([found('invalid-port'), found('invalid-host')]).message).toMatch(/^2 errors, nothing was written\n/);
  });

  test('is what PlatformApp throws', () => {
    const app = new PlatformApp();
    new Faulty(app, 'shop', fault('invalid-port'));
    expect(() => app.synthYaml()).toThrow(SynthesisError);
  });
});

test('codes are short words with dashes, and say what they mean in one sentence', () => {
  for (const [code, { meaning }] of Object.entries(CODES)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(meaning).toMatch(/^[A-Z].*[^.]\.$/);
  }
});
