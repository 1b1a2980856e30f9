// A build plugin: icons adorn words, so they are silent ("New", not "plus New"); one that stands alone says what it is given to say.
const ICON = /@ant-design[\\/]icons[\\/]es[\\/]components[\\/]AntdIcon(?:Light)?\.js/
const LOUD = /role: "img",\s*"aria-label": icon\.name\s*}/
const QUIET = '...(restProps["aria-label"] ? { role: "img" } : { "aria-hidden": true })}'

export function quietIcons() {
  let found = false
  return {
    name: 'quiet-icons',
    apply: 'build',
    transform: {
      filter: { id: ICON },
      handler(code) {
        found ||= LOUD.test(code)
        return { code: code.replace(LOUD, QUIET), map: null }
      },
    },
    buildEnd(error) {
      if (!error && !found) throw new Error('Icons are made in another way now: adapt build-tools/quiet-icons.mjs.')
    },
  }
}
