import { In, Not } from 'typeorm'
import type { OrganizationId, PractitionerId, UserId } from '#shared/ids.ts'
import type { Tx } from '../platform/db.ts'
import {
  organizationEntity,
  practitionerEntity,
  userEntity,
  type OrganizationRow,
  type PractitionerRow,
  type UserRow,
} from './people.entity.ts'

export function findOrganization(tx: Tx, id: OrganizationId): Promise<OrganizationRow | null> {
  return tx.manager.findOneBy(organizationEntity, { id })
}

/** Whether there is anybody who can add the others. */
export function hasAdministrator(tx: Tx): Promise<boolean> {
  return tx.manager.existsBy(userEntity, { role: 'administrator' })
}

/** The organization and all below it, itself first. */
export async function organizationsUnder(tx: Tx, id: OrganizationId): Promise<OrganizationRow[]> {
  const all = await tx.manager.find(organizationEntity, { order: { name: 'ASC' } })
  const found = all.filter((organization) => organization.id === id)
  for (const parent of found) found.push(...all.filter(({ parentId }) => parentId === parent.id))
  return found
}

/** The ids of organizationsUnder, and whether there are no others in this installation. */
export async function managedFrom(
  tx: Tx,
  id: OrganizationId,
): Promise<{ organizations: OrganizationId[]; all: boolean }> {
  const managed = await organizationsUnder(tx, id)
  const all = managed.length === (await tx.manager.count(organizationEntity))
  return { organizations: managed.map((organization) => organization.id), all }
}

/** Those who work there now, by name. */
export function practitionersOf(
  tx: Tx,
  organizations: readonly OrganizationId[],
): Promise<PractitionerRow[]> {
  return tx.manager.find(practitionerEntity, {
    where: { organizationId: In(organizations), active: true },
    order: { displayName: 'ASC', id: 'ASC' },
  })
}

export function findPractitioners(tx: Tx, ids: readonly PractitionerId[]): Promise<PractitionerRow[]> {
  return tx.manager.find(practitionerEntity, { where: { id: In(ids) } })
}

export function findUserByEmail(tx: Tx, email: string): Promise<UserRow | null> {
  return tx.manager.findOneBy(userEntity, { email: normalEmail(email) })
}

export function findUser(tx: Tx, id: UserId): Promise<UserRow | null> {
  return tx.manager.findOneBy(userEntity, { id })
}

export function usersOf(tx: Tx, organizations: readonly OrganizationId[]): Promise<UserRow[]> {
  return tx.manager.find(userEntity, {
    where: { organizationId: In(organizations) },
    order: { displayName: 'ASC', id: 'ASC' },
  })
}

/** Where accounts belong; unknown ids are left out. */
export async function organizationsOfUsers(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, OrganizationId>> {
  const users = await tx.manager.find(userEntity, {
    where: { id: In(ids) },
    select: { id: true, organizationId: true },
  })
  return new Map(users.map(({ id, organizationId }) => [id, organizationId]))
}

/** How accounts are called: those of staff, and those of patients whose accounts are in these organizations. */
export async function shownNames(
  tx: Tx,
  ids: readonly string[],
  organizations: readonly OrganizationId[],
): Promise<Map<string, string>> {
  const users = await tx.manager.find(userEntity, {
    where: [
      { id: In(ids), role: Not('patient') },
      { id: In(ids), organizationId: In(organizations) },
    ],
    select: { id: true, displayName: true },
  })
  return new Map(users.map(({ id, displayName }) => [id, displayName]))
}

/** People type their address with capitals and blanks; there is one account behind all of these. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase()
}
