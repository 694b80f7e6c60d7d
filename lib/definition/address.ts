const OCTET = /^(0|[1-9]\d{0,2})$/;
const HEXTET = /^[0-9a-fA-F]{1,4}$/;
const CIDR = /^(.+)\/(0|[1-9]\d{0,2})$/;

const IPV4_BITS = 32;
/** One address is that of the network, one everybody's. */
const SMALLEST_NETWORK = 30;
const IPV6_BITS = 128;
const HEXTETS = 8;

/** Whether a text is an address of either family. */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/** Whether a text is a range of addresses: `203.0.113.0/24`, `2001:db8::/32`. */
export function isCidr(text: string): boolean {
  const [, address, bits] = CIDR.exec(text) ?? [];
  return address !== undefined && (isIpv4(address) ? Number(bits) <= IPV4_BITS : isIpv6(address) && Number(bits) <= IPV6_BITS);
}

/** Whether a text is a range of IPv4 with room for hosts, by its first address: `172.28.1.0/24`. */
export function isIpv4Network(text: string): boolean {
  const [, address, bits] = CIDR.exec(text) ?? [];
  return address !== undefined && isIpv4(address) && Number(bits) <= SMALLEST_NETWORK && !toBits(address).slice(Number(bits)).includes('1');
}

/** The first address of a range of IPv4 that a host can have. */
export function firstHostOf(network: string): string {
  const octets = network.split('/')[0].split('.');
  return [...octets.slice(0, -1), Number(octets[octets.length - 1]) + 1].join('.');
}

/** The range that holds one address alone. */
export function toCidr(address: string): string {
  return `${address}/${isIpv4(address) ? IPV4_BITS : IPV6_BITS}`;
}

function isIpv4(text: string): boolean {
  const octets = text.split('.');
  return octets.length === 4 && octets.every(octet => OCTET.test(octet) && Number(octet) <= 255);
}

/** Whether a text is an address of the newer family. */
export function isIpv6(text: string): boolean {
  const halves = text.split('::');
  const groups = halves.flatMap(half => half === '' ? [] : half.split(':'));
  const embedded = groups.length > 0 && isIpv4(groups[groups.length - 1]);
  const hextets = embedded ? groups.slice(0, -1) : groups;
  const count = hextets.length + (embedded ? 2 : 0);
  return hextets.every(hextet => HEXTET.test(hextet)) && (halves.length === 1 ? count === HEXTETS : halves.length === 2 && count < HEXTETS);
}

/** Whether a range of addresses holds another one that is smaller. */
export function containsCidr(outer: string, inner: string): boolean {
  const [outerAddress, outerLength] = outer.split('/');
  const [innerAddress, innerLength] = inner.split('/');
  const [one, other] = [toBits(outerAddress), toBits(innerAddress)];
  return one.length === other.length && Number(outerLength) < Number(innerLength)
    && one.slice(0, Number(outerLength)) === other.slice(0, Number(outerLength));
}

function toBits(address: string): string {
  const binary = (value: number, bits: number) => value.toString(2).padStart(bits, '0');
  const ofIpv4 = (text: string) => text.split('.').map(octet => binary(Number(octet), 8)).join('');
  if (isIpv4(address)) {
    return ofIpv4(address);
  }
  const half = (text: string) => text.split(':').filter(group => group !== '')
    .map(group => group.includes('.') ? ofIpv4(group) : binary(parseInt(group, 16), 16)).join('');
  const [head, tail = ''] = address.split('::').map(half);
  return head + '0'.repeat(Math.max(0, IPV6_BITS - head.length - tail.length)) + tail;
}
