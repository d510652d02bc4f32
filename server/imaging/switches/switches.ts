import { DomainError } from '#shared/errors.ts'
import type { OrganizationId } from '#shared/ids.ts'
import { RecognitionSwitch, type SwitchSetting } from '#shared/imaging-recognition.ts'
import type { Audit } from '../../audit/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Tx } from '../../platform/db.ts'
import { asUser } from '../../platform/policy.ts'
import { notFound } from '../errors.ts'
import type { SwitchRow } from './switch.entity.ts'
import { decide, decisionsOf, undecide } from './switches.store.ts'

export type SwitchNeeds = {
  db: Database
  clock: Clock
  audit: Audit
  /** Null for an unknown one. */
  organization: (tx: Tx, id: OrganizationId) => Promise<{ parentId: OrganizationId | null } | null>
  organizationsUnder: (tx: Tx, id: OrganizationId) => Promise<readonly { id: OrganizationId }[]>
}

/** What clinics let the computer do. */
export type Switches = {
  /** @throws forbidden {reason: switched_off} unless it is on where the person works. */
  require(tx: Tx, ctx: Context, name: RecognitionSwitch): Promise<void>
  isOn(tx: Tx, organizationId: OrganizationId, name: RecognitionSwitch): Promise<boolean>
  /** All of them where the person works. */
  own(ctx: Context): Promise<Record<RecognitionSwitch, boolean>>
  /** @throws not_found for another's organization. */
  list(ctx: Context, organizationId: OrganizationId): Promise<SwitchSetting[]>
  /** Tells what counts now. @throws not_found for another's organization. */
  set(ctx: Context, decision: Decision): Promise<SwitchSetting>
}

/** `on` null: none of its own any more. */
type Decision = { organizationId: OrganizationId; name: RecognitionSwitch; on: boolean | null }

export function createSwitches(needs: SwitchNeeds): Switches {
  const { db, clock, audit } = needs

  /** Itself first, then what it belongs to. */
  async function lineOf(tx: Tx, organizationId: OrganizationId): Promise<OrganizationId[]> {
    const line: OrganizationId[] = []
    for (let at: OrganizationId | null = organizationId; at !== null && !line.includes(at);) {
      line.push(at)
      at = (await needs.organization(tx, at))?.parentId ?? null
    }
    return line
  }

  async function settingsOf(tx: Tx, organizationId: OrganizationId): Promise<SwitchSetting[]> {
    const line = await lineOf(tx, organizationId)
    const decisions = await decisionsOf(tx, line)
    return RecognitionSwitch.options.map((name) => nearest(name, line, decisions))
  }

  async function isOn(tx: Tx, organizationId: OrganizationId, name: RecognitionSwitch): Promise<boolean> {
    const settings = await settingsOf(tx, organizationId)
    return settings.some((setting) => setting.name === name && setting.on)
  }

  async function mayDecide(tx: Tx, { actor }: Context, organizationId: OrganizationId): Promise<boolean> {
    if (actor.kind === 'system') return true
    if (actor.kind !== 'user' || actor.role !== 'administrator') return false
    const managed = await needs.organizationsUnder(tx, actor.organizationId)
    return managed.some(({ id }) => id === organizationId)
  }

  return {
    isOn,
    async require(tx, ctx, name) {
      if (!(await isOn(tx, asUser(ctx.actor).organizationId, name)))
        throw new DomainError('forbidden', { reason: 'switched_off', switch: name })
    },
    async own(ctx) {
      const settings = await db.read((tx) => settingsOf(tx, asUser(ctx.actor).organizationId))
      const on = (name: RecognitionSwitch) => settings.some((setting) => setting.name === name && setting.on)
      return {
        readText: on('readText'),
        findFaces: on('findFaces'),
        outline: on('outline'),
        compare: on('compare'),
        pictureType: on('pictureType'),
        sensitiveContent: on('sensitiveContent'),
        ownModel: on('ownModel'),
      }
    },
    list: (ctx, organizationId) =>
      db.read(async (tx) => {
        if (!(await mayDecide(tx, ctx, organizationId))) throw notFound()
        return settingsOf(tx, organizationId)
      }),
    set: (ctx, { organizationId, name, on }) =>
      db.write(async (tx) => {
        if (!(await mayDecide(tx, ctx, organizationId))) throw notFound()
        if (on === null) await undecide(tx, organizationId, name)
        else {
          const decidedBy = ctx.actor.kind === 'user' ? ctx.actor.userId : null
          await decide(tx, { organizationId, name, on, decidedAt: clock.now(), decidedBy })
        }
        const done = on === null ? 'inherit' : on ? 'on' : 'off'
        audit.append(tx, ctx, {
          action: `recognition.${name}.switch_${done}`,
          entity: { kind: 'organization', id: organizationId },
        })
        const line = await lineOf(tx, organizationId)
        return nearest(name, line, await decisionsOf(tx, line))
      }),
  }
}

/** What the first of the line has decided that has decided at all. */
function nearest(
  name: RecognitionSwitch,
  line: readonly OrganizationId[],
  decisions: readonly SwitchRow[],
): SwitchSetting {
  const found = line
    .map((id) => decisions.find((row) => row.organizationId === id && row.name === name))
    .find((row) => row !== undefined)
  return {
    name,
    on: found?.on ?? false,
    decidedBy: found?.organizationId ?? null,
    decidedAt: found?.decidedAt ?? null,
  }
}
