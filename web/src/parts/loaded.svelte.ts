/** Something from the server, asked for again whenever what the question depends on changes. The old answer stands until the new one is there. */
import { untrack } from 'svelte'

export interface Loaded<T> {
 readonly value: T | undefined
 readonly error: string
 readonly busy: boolean
 again: () => void
}

export function loaded<T>(ask: () => Promise<T>): Loaded<T> {
 let value = $state.raw<T | undefined>()
 let error = $state('')
 let busy = $state(true)
 let round = $state(0)
 $effect(() => {
  void round
  let wanted = true
  untrack(() => (busy = true))
  ask().then(
   (answer) => {
    if (!wanted) return
    value = answer
    error = ''
    busy = false
   },
   (problem: unknown) => {
    if (!wanted) return
    error = problem instanceof Error ? problem.message : String(problem)
    busy = false
   },
  )
  return () => {
   wanted = false
  }
 })
 return {
  get value() {
   return value
  },
  get error() {
   return error
  },
  get busy() {
   return busy
  },
  again: () => (round += 1),
 }
}
