/** Places that would lie over each other on the screen are shown as one. */

export interface Spot {
 thing: number
 name: string
 longitude: number
 latitude: number
 claims: number
}

export interface Cluster {
 spots: Spot[]
 claims: number
 longitude: number
 latitude: number
}

/** Nearer than this on the screen, in pixels, across and down: labels are wide. */
const ACROSS = 70
const DOWN = 22

/** The weightiest place of each comes first and gives the position and the name; the same places always give the same clusters. */
export function clusters(spots: readonly Spot[], project: (spot: Spot) => { x: number; y: number }): Cluster[] {
 const placed = spots.map((spot) => ({ spot, at: project(spot) })).sort((a, b) => b.spot.claims - a.spot.claims || a.spot.thing - b.spot.thing)
 const found: { cluster: Cluster; at: { x: number; y: number } }[] = []
 for (const { spot, at } of placed) {
  const near = found.find((other) => Math.abs(other.at.x - at.x) < ACROSS && Math.abs(other.at.y - at.y) < DOWN)
  if (near) {
   near.cluster.spots.push(spot)
   near.cluster.claims += spot.claims
  } else {
   found.push({ cluster: { spots: [spot], claims: spot.claims, longitude: spot.longitude, latitude: spot.latitude }, at })
  }
 }
 return found.map(({ cluster }) => cluster)
}
