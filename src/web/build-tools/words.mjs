// A build plugin: `locales/<language>.json?often` holds the words that the kit, the workspace and the home page ask for, `?rare` those that only
// other pages ask for. Words are still written in one file a language.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ASKED = /[\\/]locales[\\/][\w-]+\.json\?(often|rare)$/
const USUAL = /^(app|kit|workspace|shared|pages[\\/]home)[\\/]/
const PLURAL = /_(zero|one|two|few|many|other)$/

function usualSource(root) {
  const files = readdirSync(root, { recursive: true }).filter((file) => USUAL.test(file) && /(?<!\.test)\.tsx?$/.test(file))
  return files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
}

/** Which words of which section the source spells out: `section.word`, or `section.${…}` for all of them. */
function asks(source) {
  return (section, word) =>
    new RegExp(`['"\`]${section}\\.${word.replace(PLURAL, '')}\\b`).test(source) || source.includes(`\`${section}.\${`)
}

function part(words, chosen) {
  const sections = Object.entries(words).map(([section, held]) => [
    section,
    Object.fromEntries(Object.entries(held).filter(([word]) => chosen(section, word))),
  ])
  return Object.fromEntries(sections.filter(([, held]) => Object.keys(held).length))
}

export function words(root) {
  let often
  return {
    name: 'words',
    buildStart() {
      often = asks(usualSource(root))
    },
    load: {
      filter: { id: ASKED },
      handler(id) {
        const [file, wanted] = id.split('?')
        this.addWatchFile(file)
        const all = JSON.parse(readFileSync(file, 'utf8'))
        const single = Object.fromEntries(Object.entries(all).filter(([, held]) => typeof held === 'string'))
        const sections = Object.fromEntries(Object.entries(all).filter(([, held]) => typeof held !== 'string'))
        const rare = wanted === 'rare'
        const chosen = part(sections, (section, word) => often(section, word) !== rare)
        return { code: `export default ${JSON.stringify(rare ? chosen : { ...single, ...chosen })}`, moduleType: 'js' }
      },
    },
  }
}
