const LATELY = 60_000

let touched = Date.now()
const touch = () => {
  touched = Date.now()
}
for (const kind of ['pointerdown', 'keydown', 'wheel'] as const) window.addEventListener(kind, touch, { capture: true, passive: true })

/** Whether nobody has done anything here lately: what the page asks for then keeps no log-in alive. */
export const unattended = () => Date.now() - touched > LATELY
