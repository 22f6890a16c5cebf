/** The views by the first part of their address. Each is loaded when it is first looked at. */
import type { Component } from 'svelte'
import { published } from '../site/site'

type Load = () => Promise<{ default: Component<{ id: string }> | Component }>

const ALL: Record<string, Load> = {
 reports: () => import('../views/Reports.svelte'),
 things: () => import('../views/Things.svelte'),
 claims: () => import('../views/Claims.svelte'),
 search: () => import('../views/Search.svelte'),
 review: () => import('../views/Review.svelte'),
 contradictions: () => import('../views/Contradictions.svelte'),
 network: () => import('../views/Network.svelte'),
 timeline: () => import('../views/Timeline.svelte'),
 map: () => import('../views/Map.svelte'),
 packs: () => import('../views/Packs.svelte'),
 project: () => import('../views/Project.svelte'),
}

/** What changes the project or its rules is not in a publication. */
const OURS = ['review', 'packs']

export const VIEWS = Object.fromEntries(Object.entries(ALL).filter(([view]) => !published || !OURS.includes(view)))
