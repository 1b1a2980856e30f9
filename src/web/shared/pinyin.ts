/** A character, and how those are read that begin with it in the order of pinyin. */
type Reading = readonly [first: string, sound: string]

const LETTERS = 'abcdefghjklmnopqrstwxyz'
const FIRSTS = [...'阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀'].map((first, at): Reading => [first, LETTERS[at] ?? ''])
const HAN = /[\u3400-\u9fff]/
const order = new Intl.Collator('zh-Hans-CN-u-co-pinyin')

/** Chinese characters as such a table reads them; everything else stays. */
function reader(table: Reading[], known = new Map<string, string>()) {
  const read = (han: string) => {
    const sound = known.get(han) ?? table.findLast(([first]) => order.compare(first, han) <= 0)?.[1] ?? han
    known.set(han, sound)
    return sound
  }
  return (text: string) => [...text].map((one) => (HAN.test(one) ? read(one) : one)).join('')
}

/** `客户` → `kh`: the initials of Chinese characters. */
export const initials = reader(FIRSTS)
/** `客户` → `kehu`, once its table is here: it weighs more, and comes when somebody may be about to type. */
let aloud = initials
export async function loadSyllables() {
  const { SYLLABLES, OTHERWISE } = await import('./syllables')
  const table = [...SYLLABLES.matchAll(/([a-z]+)(.)/gu)].map(([, sound = '', first = '']): Reading => [first, sound])
  aloud = reader(table, new Map(OTHERWISE))
}
globalThis.addEventListener('focusin', () => void loadSyllables().catch(() => undefined), { once: true })

/** Whether a name holds every word typed, as it is written, by its pinyin or the initials of it. */
export function fits(name: string, typed: string): boolean {
  const written = name.toLowerCase()
  const words = typed.trim().toLowerCase().split(/\s+/)
  const spoken = (word: string) => /^[a-z]+$/.test(word) && [initials, aloud].some((read) => read(written).includes(word))
  return words.every((word) => written.includes(word) || spoken(word))
}

/** How a picker of names that are already here looks for what is typed. */
export const byName = { filterOption: (typed: string, option?: { label?: unknown }) => fits(String(option?.label ?? ''), typed) }
