/** What this page's own styles are known by: the browser runs no other (Content-Security-Policy). */
export const csp = { nonce: document.querySelector<HTMLElement>('[nonce]')?.nonce ?? '' }
