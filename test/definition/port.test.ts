import { faultless, faultsOf } from './faults';
import { type Port, Protocol } from '../../lib';
import { checkPortNumber, checkPorts, checkServicePorts, inList } from '../../lib/definition/port';

const faults = (ports: Port[]) => faultsOf(report => {
  checkPorts(ports, inList('ports'), report);
  checkServicePorts(ports, inList('ports'), report);
});

test.each([1, 80, 65535])('%d is a port', number => {
  expect(faultless(report => checkPortNumber(number, 'port', report))).toBe(true);
});

test.each([0, -1, 65536, 80.5, NaN, Infinity])('%d is none', number => {
  expect(faultsOf(report => checkPortNumber(number, 'port', report))).toEqual([`invalid-port [port] ${number} is not a port number. Write a whole number from 1 to 65535.`]);
});

test.each<[string, Port[]]>([
  ['one without a name', [{ number: 8080 }]],
  ['none', []],
  ['two with names', [{ name: 'http', number: 8080, servicePort: 80 }, { name: 'grpc', number: 9090 }]],
  ['one number by two protocols', [{ name: 'dns', number: 53 }, { name: 'dns-udp', number: 53, protocol: Protocol.UDP }]],
  ['one that the Service does not offer needs no name', [{ number: 8080 }, { number: 9090, exposed: false }]],
  ['a hidden one may have the port of the Service', [{ number: 8080, servicePort: 80 }, { number: 80, exposed: false }]],
])('%s', (_, ports) => {
  expect(faults(ports)).toEqual([]);
});

test.each<[string, Port[]]>([
  ['a number that is none', [{ number: 0 }]],
  ['a Service port that is none', [{ number: 80, servicePort: 70000 }]],
  ['a name that is none', [{ number: 80, name: 'HTTP' }, { number: 81, name: 'a-very-long-name-indeed' }]],
  ['two of one number', [{ name: 'a', number: 80 }, { name: 'b', number: 80 }]],
  ['two of one port of the Service', [{ name: 'a', number: 8080, servicePort: 80 }, { name: 'b', number: 80 }]],
  ['two of one name', [{ name: 'a', number: 80 }, { name: 'a', number: 81 }]],
  ['two without names', [{ number: 80 }, { number: 81 }]],
])('%s', (_, ports) => {
  expect(faults(ports)).toMatchSnapshot();
});
