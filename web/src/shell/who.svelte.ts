/** Who is signed in, if this project has accounts. */

import { published } from '../site/site'

class Who {
 /** Empty without accounts. */
 token = $state('')
 name = $state('')
 role = $state('')
 /** Nobody is signed in, and the server wants somebody to be. */
 wanted = $state(false)
 /** Whether there are accounts at all. */
 accounts = $state(false)
 /** How many bytes can be sent at once. */
 upload = $state(Infinity)

 /** Whether they may judge claims and names: readers may not, nor those who read a publication. */
 get reviews(): boolean {
  if (published) return false
  return !this.accounts || this.role !== 'reader'
 }

 /** Whether they may do everything. */
 get owns(): boolean {
  if (published) return false
  return !this.accounts || this.role === 'owner'
 }

 is(session: { token: string; name: string; role: string; accounts: boolean; upload: number }): void {
  this.token = session.token
  this.name = session.name
  this.role = session.role
  this.accounts = session.accounts
  this.upload = session.upload
  this.wanted = false
 }
}

export const who = new Who()
