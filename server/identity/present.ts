import type { AuditEvent, Me, Organization, Person, Practitioner } from '#shared/identity.ts'
import { RecordId } from '#shared/ids.ts'
import type { AuditRow } from '../audit/index.ts'
import type { OrganizationRow, PractitionerRow, UserRow } from './people.entity.ts'
import { endOf } from './session.policy.ts'
import type { LiveSession } from './sessions.ts'

export function presentOrganization(row: OrganizationRow): Organization {
  const { id, name, kind, parentId, zone, telecom, address } = row
  return { id, name, kind, parentId, zone, telecom, address }
}

export function presentPractitioner(row: PractitionerRow): Practitioner {
  const { id, organizationId, displayName, specialty, zone } = row
  return { id, organizationId, displayName, specialty, zone }
}

export function presentPerson(row: UserRow): Person {
  const { id: userId, role, displayName, email, organizationId, active, lastSignInAt } = row
  return { userId, role, displayName, email, organizationId, active, lastSignInAt }
}

export function presentMe(
  { session, actor }: Pick<LiveSession, 'session' | 'actor'>,
  organization: OrganizationRow,
  who: { displayName: string; locale: Me['locale'] },
): Me {
  return {
    userId: actor.kind === 'user' ? actor.userId : null,
    role: actor.role,
    displayName: who.displayName,
    practitionerId: actor.kind === 'user' ? actor.practitionerId : null,
    patientId: actor.patientId,
    organization: { id: organization.id, name: organization.name, zone: organization.zone },
    locale: who.locale,
    expiresAt: endOf(session, actor.role),
  }
}

export function presentAuditEvent(row: AuditRow, names: ReadonlyMap<string, string>): AuditEvent {
  const { sequence, at, action, outcome, actorKind, actorId, patientId, entityKind, entityId, requestId } =
    row
  return {
    sequence,
    at,
    action,
    outcome,
    actorKind,
    actorId,
    actorName: actorId === null ? null : (names.get(actorId) ?? null),
    patientId,
    entityKind,
    entityId: entityId === null ? null : RecordId.parse(entityId),
    requestId,
  }
}
