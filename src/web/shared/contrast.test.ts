import { describe, expect, it } from 'vitest'
import css from './tokens.css?raw'

const colour = (name: string) => new RegExp(`--${name}:\\s*(#[\\da-f]{6})`).exec(css)?.[1] ?? ''

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

/** Text on ground, as the stylesheets pair them. */
const PAIRS = [
  ['ink', 'surface'],
  ['ink-2', 'surface'],
  ['ink-2', 'plain'],
  ['ink-3', 'surface'],
  ['ink-3', 'canvas'],
  ['ink-3', 'sunken'],
  ['ink-3', 'warning-soft'],
  ['brand', 'surface'],
  ['brand', 'hover'],
  ['brand-strong', 'brand-soft'],
  ['surface', 'brand'],
  ['success', 'surface'],
  ['success', 'success-soft'],
  ['warning', 'surface'],
  ['warning', 'warning-soft'],
  ['danger', 'surface'],
  ['danger', 'danger-soft'],
  ['surface', 'danger'],
  ['cyan', 'cyan-soft'],
  ['purple', 'purple-soft'],
  ['gold', 'gold-soft'],
]

describe('contrast is WCAG AA', () => {
  it.each(PAIRS)('%s on %s', (text, ground) => expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5))
})
