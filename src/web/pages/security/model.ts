export interface Factor {
  id: number
  type: 'totp' | 'webauthn' | 'recovery_codes'
  name: string
  left: number | null
  created_at: string
  last_used_at: string | null
}
export interface Device {
  id: number
  ip: string | null
  agent: string
  began_at: string
  seen_at: string
  here: boolean
}
export interface Overview {
  email: { address: string; verified: boolean; next: string | null }
  factors: Factor[]
  required: string
  devices: Device[]
  outside: { name: string; connected_at: string | null }[]
}

const BROWSERS = [
  ['MicroMessenger', 'WeChat'],
  ['DingTalk', 'DingTalk'],
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const SYSTEMS = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** What a person would call the device that a browser's long name describes. */
export function deviceName(agent: string): string {
  const find = (names: readonly (readonly [string, string])[]) => names.find(([part]) => agent.includes(part))?.[1]
  const found = [find(BROWSERS), find(SYSTEMS)].filter(Boolean)
  return found.join(' · ') || agent.slice(0, 40) || '—'
}
