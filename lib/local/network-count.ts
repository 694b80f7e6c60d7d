import type { LocalNetwork } from './local-app';
import type { Report } from '../diagnostics/report';

/** Docker's own ranges make 31 networks, one of which it takes itself. */
const WITHOUT_CONFIGURATION = 30;

/**
 * Reports more networks than a machine has addresses for.
 *
 * @param given the ranges of addresses that somebody chose, by network
 */
export function checkNetworkCount(networks: readonly LocalNetwork[], given: { readonly [network: string]: string }, report: Report): void {
  const count = networks.filter(({ name }) => !Object.hasOwn(given, name)).length;
  if (count > WITHOUT_CONFIGURATION) {
    report({
      code: 'many-networks',
      message: `Docker finds addresses for ${WITHOUT_CONFIGURATION} networks by itself, and this takes ${count}.`,
      remedy: "Give its daemon more (default-address-pools), or leave services out (without), and acknowledge 'many-networks' with that reason.",
    });
  }
}
