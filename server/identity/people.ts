import { PractitionerId, UserId, type OrganizationId, type PatientId } from '#shared/ids.ts'
import type { Locale, Role } from '#shared/identity.ts'
import type { Audit } from '../audit/index.ts'
import type { Clock } from '../platform/clock.ts'
import { asUser } from '../platform/policy.ts'
import type { Context } from '../platform/context.ts'
import { isUniqueViolation, type Database, type Tx } from '../platform/db.ts'
import { newId } from '../platform/ids.ts'
import { emailInUse, notFound, notYourself, specialtyRequired } from './errors.ts'
import type { Passwords } from './password.ts'
import { practitionerEntity, userEntity, type UserRow } from './people.entity.ts'
import { findOrganization, findUser, normalEmail, organizationsUnder, usersOf } from './people.store.ts'
import type { Sessions } from './sessions.ts'

export type PersonInput = {
  role: Role
  displayName: string
  email: string
  password: string
  organizationId: OrganizationId
  /** Required for a practitioner. */
  specialty?: string | undefined
  /** For a patient's account: whose it is. */
  patientId?: PatientId
  locale?: Locale
}

type Needs = { db: Database; clock: Clock; audit: Audit; passwords: Passwords; sessions: Sessions }

export function createPeople({ db, clock, audit, passwords, sessions }: Needs) {
  /** Makes an account, and for a practitioner the person to book. Errors: conflict {field: email}, not_found. */
  async function add(ctx: Context, input: PersonInput): Promise<UserRow> {
    if (input.role === 'practitioner' && !input.specialty) throw specialtyRequired()
    const passwordHash = await passwords.hash(input.password)
    try {
      return await db.write((tx) => insertPerson(tx, ctx, input, passwordHash))
    } catch (error) {
      if (isUniqueViolation(error)) throw emailInUse()
      throw error
    }
  }

  async function insertPerson(tx: Tx, ctx: Context, input: PersonInput, passwordHash: string) {
    const organization = await findOrganization(tx, input.organizationId)
    if (!organization || !(await mayManage(tx, ctx, organization.id))) throw notFound()
    const now = clock.now()
    const practitionerId = input.role === 'practitioner' ? newId(PractitionerId, clock) : null
    if (practitionerId !== null) {
      await tx.manager.insert(practitionerEntity, {
        id: practitionerId,
        organizationId: organization.id,
        displayName: input.displayName,
        specialty: input.specialty ?? '',
        zone: organization.zone,
        active: true,
        createdAt: now,
      })
    }
    const user: UserRow = {
      id: newId(UserId, clock),
      organizationId: organization.id,
      role: input.role,
      displayName: input.displayName,
      email: normalEmail(input.email),
      passwordHash,
      practitionerId,
      patientId: input.patientId ?? null,
      locale: input.locale ?? 'en',
      active: true,
      lastSignInAt: null,
      createdAt: now,
    }
    await tx.manager.insert(userEntity, user)
    audit.append(tx, ctx, {
      action: 'person.add',
      entity: { kind: 'user', id: user.id },
      patientId: user.patientId,
    })
    return user
  }

  return {
    add,

    /** Everyone with an account in the administrator's organization and those below it. */
    list: (ctx: Context) =>
      db.read(async (tx) => {
        const organizations = await organizationsUnder(tx, asUser(ctx.actor).organizationId)
        return usersOf(tx, organizations.map(({ id }) => id)) // prettier-ignore
      }),

    /** Switching a person off ends their sessions in the same transaction. Errors: not_found, conflict for oneself. */
    setActive: (ctx: Context, { userId, active }: { userId: UserId; active: boolean }) =>
      db.write(async (tx) => {
        const user = await findUser(tx, userId)
        if (!user || !(await mayManage(tx, ctx, user.organizationId))) throw notFound()
        if (!active && asUser(ctx.actor).userId === userId) throw notYourself()
        await tx.manager.update(userEntity, { id: userId }, { active })
        if (user.practitionerId !== null)
          await tx.manager.update(practitionerEntity, { id: user.practitionerId }, { active })
        if (!active) await sessions.end(tx, { userId })
        const action = active ? 'person.switch_on' : 'person.switch_off'
        audit.append(tx, ctx, { action, entity: { kind: 'user', id: userId } })
        return { ...user, active }
      }),
  }
}

/** Administrators manage their own organization and those below it; the product itself manages all. */
export async function mayManage(
  tx: Tx,
  { actor }: Context,
  organizationId: OrganizationId,
): Promise<boolean> {
  if (actor.kind === 'system') return true
  if (actor.kind !== 'user' || actor.role !== 'administrator') return false
  const managed = await organizationsUnder(tx, actor.organizationId)
  return managed.some(({ id }) => id === organizationId)
}
