/** The people still named in a note when it is sent: someone picked and then deleted is not told. */
export function mentionedIn(text: string, people: Record<string, string | number>): number[] {
  return Object.entries(people)
    .filter(([name]) => text.includes(`@${name}`))
    .map(([, id]) => Number(id))
}
