/** On whose word: "Rebrov → Yelagin → this report". The claim's sources come nearest first; a sentence tells it as it came. */
export function chain(sources: readonly { text: string }[], thisReport: string): string {
 return [...sources.map((source) => source.text.replace(/\s+/gu, ' ')).reverse(), thisReport].join(' → ')
}
