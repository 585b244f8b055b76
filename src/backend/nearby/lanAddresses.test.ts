import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { isNearby, lanAddresses } from './lanAddresses.ts'

const v4 = (address: string, netmask = '255.255.255.0', internal = false): NetworkInterfaceInfo => ({
  address,
  netmask,
  internal,
  family: 'IPv4',
  mac: '',
  cidr: null,
})
const v6 = (address: string): NetworkInterfaceInfo => ({
  ...v4(address, 'ffff:ffff:ffff:ffff::'),
  family: 'IPv6',
  scopeid: 0,
})

test('private networks come first, self-made addresses last, and what reaches nobody is left out', () => {
  const found = lanAddresses({
    lo: [v4('127.0.0.1', '255.0.0.0', true)],
    docker0: [v4('172.17.0.1')],
    utun3: [v4('10.8.0.2')],
    en5: [v4('169.254.3.4', '255.255.0.0')],
    eth0: [v6('fe80::1'), v4('203.0.113.9')],
    wlan0: [v4('192.168.1.7')],
  })
  expect(found.map(({ address }) => address)).toEqual(['192.168.1.7', '203.0.113.9', '169.254.3.4'])
})

test('of IPv6 there is one an interface, behind IPv4 of the same kind, and none of one link', () => {
  const found = lanAddresses({
    en0: [v6('fe80::1'), v6('2001:db8:1::5'), v6('2001:db8:1::77f'), v6('fd12:3456::7'), v4('192.168.1.7')],
    en1: [v6('2001:db8:2::5'), v4('203.0.113.9')],
    lo: [{ ...v6('::1'), internal: true }],
  })
  expect(found.map(({ address }) => address)).toEqual([
    '192.168.1.7',
    'fd12:3456::7',
    '203.0.113.9',
    '2001:db8:2::5',
  ])
})

test('without a network there is none, and of many the first four', () => {
  expect(lanAddresses({ lo: [v4('127.0.0.1', '255.0.0.0', true)] })).toEqual([])
  const many = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`eth${n}`, [v4(`10.0.${n}.1`)]]))
  expect(lanAddresses(many)).toHaveLength(4)
})

const own = [
  { address: '203.0.113.9', netmask: '255.255.255.128', interfaceName: 'eth0' },
  { address: '2001:db8:1:2::7', netmask: 'ffff:ffff:ffff:ffff::', interfaceName: 'eth0' },
]

test.each([
  ['the same subnet', '203.0.113.77', true],
  ['ourselves', '203.0.113.9', true],
  ['the same, as IPv6 writes it', '::ffff:203.0.113.77', true],
  ['a private network behind a router', '10.4.5.6', true],
  ['172.31', '172.31.0.1', true],
  ['the other half of the subnet', '203.0.113.200', false],
  ['the internet', '198.51.100.1', false],
  ['172.15', '172.15.0.1', false],
  ['172.32', '172.32.0.1', false],
  ['this computer’s loopback', '127.0.0.1', false],
  ['the same network, by IPv6', '2001:db8:1:2:aaaa::1', true],
  ['another network, by IPv6', '2001:db8:1:3::1', false],
  ['a local network, by IPv6', 'fd99::1', true],
  ['the same link, by IPv6', 'fe80::1%en0', true],
  ['what is neither, by IPv6', 'fc00::1', false],
  ['the internet, by IPv6', '2001:db8::1', false],
  ['this computer’s loopback, by IPv6', '::1', false],
  ['nobody', undefined, false],
  ['nonsense', 'x', false],
])('%s', (_what, remote, expected) => {
  expect(isNearby(remote, own)).toBe(expected)
})
