const OCTET = /^(0|[1-9]\d{0,2})$/;
const HEXTET = /^[0-9a-fA-F]{1,4}$/;
const CIDR = /^(.+)\/(0|[1-9]\d{0,2})$/;

const IPV4_BITS = 32;
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
