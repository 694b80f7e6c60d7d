import type { IConstruct } from 'constructs';
import type { BackingService } from './backing-service';
import { ofApp } from '../definition/root';
import type { Report } from '../diagnostics/report';
import { Environment } from '../platform/environment';

const KNOWN = Symbol.for('cdk8s-golden-path.BackingServices');

/** Notes a backing service, so that others can be compared with it. */
export function noteBackingService(service: BackingService): void {
  const known = knownIn(service);
  const alike = known.get(folded(service));
  if (alike) {
    alike.push(service);
  } else {
    known.set(folded(service), [service]);
  }
}

/** Reports that an earlier one differs in nothing but the case of its id: variables, volumes and files of both would have one name. */
export function checkIds(service: BackingService, report: Report): void {
  const environment = Environment.of(service);
  const alike = knownIn(service).get(folded(service)) ?? [];
  const other = alike.slice(0, alike.indexOf(service)).find(each => each.node.id !== service.node.id && Environment.of(each) === environment);
  if (other) {
    report({
      code: 'ambiguous-id',
      message: `It differs from '${other.node.path}' in nothing but the case of its id.`,
      remedy: 'Give one of them an id that reads otherwise; clients of both would know them by one prefix.',
    });
  }
}

/** All backing services of an app by their ids, whatever the case of those. */
function knownIn(service: BackingService): Map<string, BackingService[]> {
  return ofApp(service, KNOWN, () => new Map());
}

function folded({ node: { id } }: IConstruct): string {
  return id.toLowerCase();
}
