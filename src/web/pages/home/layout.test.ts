import { describe, expect, it } from 'vitest'
import {
  arranged,
  type CardMeta,
  dayPart,
  droppedOn,
  heightened,
  hiddenCards,
  movedCard,
  type Place,
  resized,
  themes,
  withCard,
} from './layout'

const cards: CardMeta[] = ['a', 'b', 'c'].map((name) => ({
  name,
  title: name,
  kind: 'figure',
  size: [3, 1],
  theme: name === 'c' ? 'Sales' : 'Money',
}))
const layout: Place[] = ['a', 'b'].map((name) => ({ name, w: 3, h: 1 }))
const names = (places: Place[]) => places.map((place) => place.name).join('')

describe('home layout', () => {
  it('leaves out cards that are gone and offers those that are hidden', () => {
    expect(names(arranged([...layout, { name: 'gone', w: 1, h: 1 }], cards))).toBe('ab')
    expect(hiddenCards(layout, cards).map((card) => card.name)).toEqual(['c'])
  })
  it('puts cards of one theme together', () => {
    const found = themes([cards[2] as CardMeta, ...cards.slice(0, 2)])
    expect(found.map(({ theme, cards: some }) => [theme, some.length])).toEqual([
      ['Sales', 1],
      ['Money', 2],
    ])
  })
  it('moves within bounds', () => {
    expect(names(movedCard(layout, 'a', 5))).toBe('ba')
    expect(names(movedCard(layout, 'b', -1))).toBe('ba')
  })
  it('drops before and after a card', () => {
    const three = withCard(layout, cards[2] as CardMeta)
    expect(names(droppedOn(three, 'a', 'c', true))).toBe('bca')
    expect(names(droppedOn(three, 'c', 'a', false))).toBe('cab')
    expect(droppedOn(three, 'a', 'a', true)).toBe(three)
  })
  it('knows only widths that line up', () => {
    expect(resized(layout, 'a', true)[0]?.w).toBe(4)
    expect(resized(layout, 'a', false)[0]?.w).toBe(3)
    expect(heightened(layout, 'a', -1)[0]?.h).toBe(2)
  })
  it('greets by the hour', () => expect([3, 8, 12, 15, 20].map(dayPart)).toEqual(['night', 'morning', 'noon', 'afternoon', 'evening']))
})
