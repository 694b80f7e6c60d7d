import { ApiObject, Chart } from 'cdk8s';
import { isSelected, podsOf, referencesOf, selectionOf } from './reference';
import type { TestedApp, TestedObject } from './tested-app';
import { BackingService } from '../backing/backing-service';
import { ExistingConfig } from '../configuration/existing-config';
import { ServiceSecret } from '../configuration/service-secret';
import { asMap } from '../definition/json';
import { Environment } from '../platform/environment';
import { titleOf, type Titled } from '../reports/object-title';
import { Certificate } from '../traffic/certificate';

/** In every namespace, by the cluster itself. */
const EVERYWHERE = 'ConfigMap/kube-root-ca.crt';

/** What the objects of a part of an app refer to, and neither the app nor anybody that it names makes; a line each. */
export function unresolvedReferences(app: TestedApp, existing: readonly string[]): string[] {
  const known = new Set([...app.all.flatMap(madeBy), ...declared(app)]);
  const others = new Set([...existing, EVERYWHERE]);
  return app.objects.flatMap(object => [
    ...referencesOf(object)
      .filter(({ kind, name, namespace }) => !known.has(placeOf(object.environment, { kind, name, namespace })) && !others.has(`${kind}/${name}`))
      .map(({ path, ...target }) => `${object.title} ${path}: there is no ${titleOf(target)}`),
    ...unselected(app, object, others),
  ]);
}

function placeOf(environment: string, { kind, namespace, name }: Titled): string {
  return [environment, kind, namespace, name].join('\n');
}

/** The object itself, and the Secret that a controller makes of it. */
function madeBy(object: TestedObject): string[] {
  const { kind, name, namespace, environment, manifest } = object;
  const places = [placeOf(environment, object)];
  if (kind === 'SealedSecret' || kind === 'ExternalSecret') {
    places.push(placeOf(environment, { kind: 'Secret', namespace, name: asMap(asMap(manifest.spec).target).name ?? name }));
  }
  return places;
}

/** What constructs stand for that emit no object of that kind: somebody else makes it. */
function declared({ scope }: TestedApp): string[] {
  return scope.node.root.node.findAll().filter(construct => construct.node.scopes.some(Chart.isChart)).flatMap(construct => {
    const named = construct as { readonly kind?: unknown; readonly name?: unknown };
    const found: [string, unknown][] = [];
    if (construct instanceof ServiceSecret) {
      found.push(['Secret', construct.name]);
    } else if (construct instanceof ExistingConfig) {
      found.push(['ConfigMap', construct.name]);
    } else if (construct instanceof BackingService || construct instanceof Certificate) {
      found.push(['Secret', construct.secretName]);
    } else if (typeof named.kind === 'string' && !ApiObject.isApiObject(construct)) {
      // What cdk8s-plus imports, by Secret.fromSecretName() for example.
      found.push([named.kind, named.name]);
    }
    return found.filter((pair): pair is [string, string] => typeof pair[1] === 'string').map(([kind, name]) =>
      placeOf(Environment.of(construct)?.name ?? '', { kind, name, namespace: Chart.of(construct).namespace ?? '' }));
  });
}

function unselected(app: TestedApp, object: TestedObject, others: ReadonlySet<string>): string[] {
  const selection = selectionOf(object);
  if (!selection || others.has(`${object.kind}/${object.name}`)) {
    return [];
  }
  const neighbours = app.all.filter(other => other.environment === object.environment && other.namespace === object.namespace);
  const found = neighbours.some(other => {
    const pods = podsOf(other);
    return pods && isSelected(selection.selector, asMap(asMap(pods.pod.metadata).labels));
  });
  return found ? [] : [`${object.title} ${selection.path}: it selects no pod of the app`];
}
