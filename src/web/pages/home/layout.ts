/** The home page: cards in reading order on a grid of twelve columns. */
export interface Place {
  name: string
  w: number
  h: number
}
export interface CardMeta {
  name: string
  title: string
  kind: 'figure' | 'list' | 'chart'
  size: [number, number]
  /** The part of the business it is about. */
  theme: string
}

/** The kept layout, without cards that are gone. */
export const arranged = (layout: Place[], cards: CardMeta[]) => layout.filter((place) => cards.some((card) => card.name === place.name))
export const hiddenCards = (layout: Place[], cards: CardMeta[]) => cards.filter((card) => !layout.some((place) => place.name === card.name))

export function movedCard(layout: Place[], name: string, to: number): Place[] {
  const place = layout.find((one) => one.name === name)
  if (!place) return layout
  const rest = layout.filter((one) => one !== place)
  return rest.toSpliced(Math.max(0, Math.min(to, rest.length)), 0, place)
}

/** A card dropped on another stands where that one stood. */
export function droppedOn(layout: Place[], name: string, target: string, after: boolean): Place[] {
  if (name === target) return layout
  const rest = layout.filter((one) => one.name !== name)
  const at = rest.findIndex((one) => one.name === target)
  return at < 0 ? layout : movedCard(layout, name, after ? at + 1 : at)
}

const WIDTHS = [3, 4, 6, 8, 12]

export function resized(layout: Place[], name: string, wider: boolean): Place[] {
  return layout.map((place) => {
    if (place.name !== name) return place
    const next = wider ? WIDTHS.find((width) => width > place.w) : WIDTHS.findLast((width) => width < place.w)
    return { ...place, w: next ?? place.w }
  })
}

const LOWEST = 2
const HIGHEST = 12

export const heightened = (layout: Place[], name: string, step: 1 | -1) =>
  layout.map((place) => (place.name === name ? { ...place, h: Math.max(LOWEST, Math.min(HIGHEST, place.h + step)) } : place))

/** Cards by what they are about, each theme once, in the order of its first card. */
export const themes = (cards: CardMeta[]): { theme: string; cards: CardMeta[] }[] =>
  [...new Set(cards.map(({ theme }) => theme))].map((theme) => ({ theme, cards: cards.filter((card) => card.theme === theme) }))

export const withCard = (layout: Place[], card: CardMeta): Place[] => [...layout, { name: card.name, w: card.size[0], h: card.size[1] }]

export type DayPart = 'night' | 'morning' | 'noon' | 'afternoon' | 'evening'
export function dayPart(hour: number): DayPart {
  if (hour < 5) return 'night'
  if (hour < 11) return 'morning'
  if (hour < 13) return 'noon'
  return hour < 18 ? 'afternoon' : 'evening'
}
