import { Construct } from 'constructs';
import { partsOf } from '../configuration/composed-key';
import type { ServiceSecret } from '../configuration/service-secret';
import { sortedEntries } from '../definition/json';
import { NameRule } from '../definition/naming';
import { defineManifest, type Owner, ownerLabels } from '../synthesis/manifest';

const GENERATORS = 'generators.external-secrets.io/v1alpha1';
/** Letters and digits alone, which nothing has to quote: 32 of them are 190 bits. */
const PASSWORD = { length: 32, digits: 8, symbols: 0, noUpper: false, allowRepeat: true };

/** Has External Secrets make a Secret with a random password, and the keys that are made of it. */
export function makeExternalPassword(scope: Construct, secret: ServiceSecret, passwordKey: string, owner: Owner): void {
  const { name } = secret;
  defineManifest(new Construct(scope, 'password'), {
    apiVersion: GENERATORS,
    kind: 'Password',
    name,
    nameRule: NameRule.SUBDOMAIN,
    owner,
    fields: { spec: () => PASSWORD },
  });
  const target = new Construct(scope, 'external-secret');
  defineManifest(target, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    name,
    nameRule: NameRule.SUBDOMAIN,
    owner,
    fields: {
      spec: (_report, decisions) => ({
        // Another password would lock out everybody who has the first.
        refreshPolicy: 'CreatedOnce',
        target: {
          name,
          creationPolicy: 'Orphan',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            metadata: { labels: ownerLabels(target, owner, decisions) },
            data: {
              [passwordKey]: '{{ .password }}',
              ...Object.fromEntries(sortedEntries(secret._composed).map(([key, template]) => [key, toGoTemplate(template)])),
            },
          },
        },
        dataFrom: [{ sourceRef: { generatorRef: { apiVersion: GENERATORS, kind: 'Password', name } } }],
      }),
    },
  });
}

function toGoTemplate(template: string): string {
  return partsOf(template).map(({ text, key }) => key === undefined ? text : `{{ .${key} | urlquery }}`).join('');
}
