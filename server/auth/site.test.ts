import { expect, it } from 'vitest'
import { networkOf } from './site.ts'

it('AP6: addresses that one network hands out by the billion count as one', () => {
  const cases = [
    ['10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ] as const
  for (const [address, network] of cases) expect([address, networkOf(address)]).toEqual([address, network])
})
