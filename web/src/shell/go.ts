/** `g`, then a letter: where it leads. */
export const GO = {
 r: 'reports',
 i: 'things',
 c: 'claims',
 s: 'search',
 v: 'review',
 x: 'contradictions',
 n: 'network',
 t: 'timeline',
 m: 'map',
 p: 'project',
} as const
