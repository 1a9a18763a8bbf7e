import { setWorldConstructor, World } from '@cucumber/cucumber'
import { ArchiveContent } from './backup/archive-content'
import { Archives } from './backup/archives'
import { BackupSettings } from './backup/backup-settings'
import { BackupShell } from './backup/backup-shell'
import { Backups } from './backup/backups'
import { EarlierBackups } from './backup/earlier-backups'
import { Expiry } from './backup/expiry'
import { HeldBackup } from './backup/held-backup'
import { OffsiteCopies } from './backup/offsite-copies'
import { OffsiteSetup } from './backup/offsite-setup'
import { Permissions } from './backup/permissions'
import { Publishers } from './backup/publishers'
import { RestoreDrill } from './backup/restore-drill'
import { Retention } from './backup/retention'
import { S3User } from './backup/s3-user'
import { Schedule } from './backup/schedule'
import { VolumeReader } from './backup/volume-reader'
import { HarnessMisused } from './errors'
import { BackupFaults } from './faults/backup-faults'
import { CronJobFaults } from './faults/cronjob-faults'
import { NatsFaults } from './faults/nats-faults'
import { OffsiteFaults } from './faults/offsite-faults'
import { VolumeFaults } from './faults/volume-faults'
import type { LaneAccess } from './lab/lane-access'
import { Application } from './restore/application'
import { ArchiveDamage } from './restore/archive-damage'
import { Disasters } from './restore/disasters'
import { Onlookers } from './restore/onlookers'
import { Promises } from './restore/promises'
import { Recovery } from './restore/recovery'
import { RestoredData } from './restore/restored-data'
import { Scenario } from './scenario'
import { Leaks } from './security/leaks'
import { NatsUser } from './security/nats-user'
import { RunningBackup } from './security/running-backup'
import { StolenKey } from './security/stolen-key'

/** What steps see: one verb a step, by noun. */
export class RunbookWorld extends World<{ readonly verbose?: boolean }> {
  private parts: ReturnType<typeof partsOf> | undefined

  /** Whether the step after the one that runs expects its command to fail. */
  failureIsClaimed = false

  /** Begins a scenario on a lane that is at its baseline. */
  begin(lane: LaneAccess): Scenario {
    const put = (body: string, mediaType: string) => this.attach(body, mediaType)
    this.parts = partsOf(new Scenario(lane, put, this.parameters.verbose === true))
    return this.parts.scenario
  }

  /** The scenario, if its lane came to its baseline. */
  get begun(): Scenario | undefined {
    return this.parts?.scenario
  }

  get operator(): Scenario['operator'] {
    return this.part('scenario').operator
  }

  get backups(): Backups {
    return this.part('backups')
  }

  get earlierBackups(): EarlierBackups {
    return this.part('earlierBackups')
  }

  get archives(): Archives {
    return this.part('archives')
  }

  get heldBackup(): HeldBackup {
    return this.part('heldBackup')
  }

  get retention(): Retention {
    return this.part('retention')
  }

  get schedule(): Schedule {
    return this.part('schedule')
  }

  get volumeReader(): VolumeReader {
    return this.part('volumeReader')
  }

  get content(): ArchiveContent {
    return this.part('content')
  }

  get publishers(): Publishers {
    return this.part('publishers')
  }

  get settings(): BackupSettings {
    return this.part('settings')
  }

  get backupShell(): BackupShell {
    return this.part('backupShell')
  }

  get offsite(): OffsiteCopies {
    return this.part('offsite')
  }

  get offsiteSetup(): OffsiteSetup {
    return this.part('offsiteSetup')
  }

  get permissions(): Permissions {
    return this.part('permissions')
  }

  get expiry(): Expiry {
    return this.part('expiry')
  }

  get offsiteFaults(): OffsiteFaults {
    return this.part('offsiteFaults')
  }

  get runningBackup(): RunningBackup {
    return this.part('runningBackup')
  }

  get natsUser(): NatsUser {
    return this.part('natsUser')
  }

  get leaks(): Leaks {
    return this.part('leaks')
  }

  get stolenKey(): StolenKey {
    return this.part('stolenKey')
  }

  get drill(): RestoreDrill {
    return this.part('drill')
  }

  get promises(): Promises {
    return this.part('promises')
  }

  get disasters(): Disasters {
    return this.part('disasters')
  }

  get restored(): RestoredData {
    return this.part('restored')
  }

  get application(): Application {
    return this.part('application')
  }

  get archiveDamage(): ArchiveDamage {
    return this.part('archiveDamage')
  }

  get onlookers(): Onlookers {
    return this.part('onlookers')
  }

  get recovery(): Recovery {
    return this.part('recovery')
  }

  get faults(): BackupFaults {
    return this.part('faults')
  }

  get cronJobFaults(): CronJobFaults {
    return this.part('cronJobFaults')
  }

  get natsFaults(): NatsFaults {
    return this.part('natsFaults')
  }

  get volumeFaults(): VolumeFaults {
    return this.part('volumeFaults')
  }

  private part<K extends keyof ReturnType<typeof partsOf>>(name: K): ReturnType<typeof partsOf>[K] {
    if (this.parts) return this.parts[name]
    throw new HarnessMisused('RBK_NO_LANE', {
      attempted: 'A step runs outside a scenario that has a lane',
      next: 'Run the runbooks with the project’s cucumber.js, which loads support/hooks.ts.',
    })
  }
}

function partsOf(scenario: Scenario) {
  const archives = new Archives(scenario)
  const publishers = new Publishers(scenario)
  const heldBackup = new HeldBackup(scenario)
  const promises = new Promises(scenario)
  const disasters = new Disasters(scenario)
  return {
    scenario,
    promises,
    disasters,
    restored: new RestoredData(scenario, promises, disasters),
    recovery: new Recovery(scenario, promises),
    application: new Application(scenario),
    archiveDamage: new ArchiveDamage(scenario),
    onlookers: new Onlookers(scenario),
    archives,
    backups: new Backups(scenario),
    settings: new BackupSettings(scenario),
    heldBackup,
    publishers,
    content: new ArchiveContent(scenario, publishers),
    retention: new Retention(scenario, archives),
    schedule: new Schedule(scenario, heldBackup),
    volumeReader: new VolumeReader(scenario),
    earlierBackups: new EarlierBackups(scenario, archives),
    backupShell: new BackupShell(scenario),
    offsite: new OffsiteCopies(scenario),
    offsiteSetup: new OffsiteSetup(scenario),
    permissions: new Permissions(scenario),
    expiry: new Expiry(scenario),
    runningBackup: new RunningBackup(scenario),
    natsUser: new NatsUser(scenario),
    leaks: new Leaks(scenario),
    stolenKey: new StolenKey(scenario),
    offsiteFaults: new OffsiteFaults(scenario, new S3User(scenario, 'nats-backup-s3')),
    drill: new RestoreDrill(scenario),
    faults: new BackupFaults(scenario),
    cronJobFaults: new CronJobFaults(scenario),
    natsFaults: new NatsFaults(scenario),
    volumeFaults: new VolumeFaults(scenario),
  }
}

setWorldConstructor(RunbookWorld)
