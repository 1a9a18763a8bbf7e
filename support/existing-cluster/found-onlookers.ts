import { Onlookers } from '../restore/onlookers'

/** What NATS itself saw on an existing cluster, where others connect under other names all the time. */
export class FoundOnlookers extends Onlookers {
  protected override isSuspect(user: string | undefined): boolean {
    return user === 'backup' || user === 'restore'
  }
}
