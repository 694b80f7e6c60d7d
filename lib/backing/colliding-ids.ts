import type { IConstruct } from 'constructs';
import type { BackingService } from './backing-service';
import type { Report } from '../diagnostics/report';
import { Environment } from '../platform/environment';

const KNOWN = Symbol.for('cdk8s-golden-path.BackingServices');

/** Notes a backing service, so that others can be compared with it. */
export function noteBackingService(service: BackingService): void {
  const root = service.node.root as IConstruct & { [KNOWN]?: Map<string, BackingService[]> };
  if (!root[KNOWN]) {
    Object.defineProperty(root, KNOWN, { value: new Map() });
  }
  const alike = root[KNOWN]!.get(folded(service));
  if (alike) {
    alike.push(service);
  } else {
    root[KNOWN]!.set(folded(service), [service]);
  }
}

/** Reports that an earlier one differs in nothing but the case of its id: variables, volumes and files of both would have one name. */
export function checkIds(service: BackingService, report: Report): void {
  const { [KNOWN]: known } = service.node.root as IConstruct & { [KNOWN]?: ReadonlyMap<string, BackingService[]> };
  const environment = Environment.of(service);
  const alike = known?.get(folded(service)) ?? [];
  const other = alike.slice(0, alike.indexOf(service)).find(each => each.node.id !== service.node.id && Environment.of(each) === environment);
  if (other) {
    report({
      code: 'ambiguous-id',
      message: `It differs from '${other.node.path}' in nothing but the case of its id.`,
      remedy: 'Give one of them an id that reads otherwise; clients of both would know them by one prefix.',
    });
  }
}

function folded({ node: { id } }: IConstruct): string {
  return id.toLowerCase();
}
