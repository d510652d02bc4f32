import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { OrganizationId, PatientId, PractitionerId, RecordId, UserId } from './ids.ts'
import { Instant, isZone, ZoneName } from './time.ts'

/** `practitioner` is FHIR's word for the doctor; people read "Doctor". */
export const Role = z.enum(['patient', 'practitioner', 'scheduler', 'administrator'])
export type Role = z.infer<typeof Role>

export const Locale = z.enum(['en', 'zh-CN'])
export type Locale = z.infer<typeof Locale>

/** Who is signed in, and where. A guest (a patient who came by link) has no user. */
export const Me = z.strictObject({
  userId: UserId.nullable(),
  role: Role,
  displayName: z.string(),
  practitionerId: PractitionerId.nullable(),
  patientId: PatientId.nullable(),
  organization: z.strictObject({ id: OrganizationId, name: z.string(), zone: ZoneName }),
  locale: Locale,
  expiresAt: Instant,
})
export type Me = z.infer<typeof Me>

const Email = z.email().max(254)

export const signIn = endpoint({
  method: 'POST',
  path: '/api/session',
  body: z.strictObject({ email: Email, password: z.string().min(1).max(128) }),
  reply: Me,
})

export const readSession = endpoint({ method: 'GET', path: '/api/session', reply: Me })
export const signOut = endpoint({ method: 'DELETE', path: '/api/session' })

/** What the sign-in page may know before anyone signs in. `demo` is null outside a demo clinic. */
export const readInfo = endpoint({
  method: 'GET',
  path: '/api/info',
  reply: z.strictObject({
    version: z.string(),
    demo: z
      .strictObject({
        accounts: z.array(
          z.strictObject({ role: Role, displayName: z.string(), email: z.string(), password: z.string() }),
        ),
        joinPath: z.string().nullable(),
        /** What the link's second check asks for, as nobody can know an invented patient's. */
        joinBirthDate: z.iso.date().nullable(),
      })
      .nullable(),
  }),
})

export const Organization = z.strictObject({
  id: OrganizationId,
  name: z.string(),
  kind: z.enum(['hospital', 'clinic']),
  parentId: OrganizationId.nullable(),
  zone: ZoneName,
  telecom: z.string().nullable(),
  address: z.string().nullable(),
})
export type Organization = z.infer<typeof Organization>

export const listOrganizations = endpoint({
  method: 'GET',
  path: '/api/organizations',
  reply: z.strictObject({ organizations: z.array(Organization) }),
})
export const addOrganization = endpoint({
  method: 'POST',
  path: '/api/organizations',
  body: Organization.omit({ id: true }).extend({
    name: z.string().trim().min(1).max(120),
    zone: ZoneName.refine(isZone, 'must be an IANA time zone'),
    telecom: z.string().trim().max(80).nullable(),
    address: z.string().trim().max(200).nullable(),
  }),
  reply: Organization,
  status: 201,
})

/** A practitioner with the role they hold in one organization. */
export const Practitioner = z.strictObject({
  id: PractitionerId,
  organizationId: OrganizationId,
  displayName: z.string(),
  specialty: z.string(),
  zone: ZoneName,
})
export type Practitioner = z.infer<typeof Practitioner>

export const listPractitioners = endpoint({
  method: 'GET',
  path: '/api/practitioners',
  query: z.strictObject({ query: z.string().trim().max(80).optional() }),
  reply: z.strictObject({ practitioners: z.array(Practitioner) }),
})

export const Person = z.strictObject({
  userId: UserId,
  role: Role,
  displayName: z.string(),
  email: z.string(),
  organizationId: OrganizationId,
  active: z.boolean(),
  lastSignInAt: Instant.nullable(),
})
export type Person = z.infer<typeof Person>

export const listPeople = endpoint({
  method: 'GET',
  path: '/api/admin/people',
  reply: z.strictObject({ people: z.array(Person) }),
})
/** Adds a member of staff; for a practitioner the specialty is required. */
export const addPerson = endpoint({
  method: 'POST',
  path: '/api/admin/people',
  body: z.strictObject({
    role: z.enum(['practitioner', 'scheduler', 'administrator']),
    displayName: z.string().trim().min(1).max(120),
    email: Email,
    password: z.string().min(12).max(128),
    specialty: z.string().trim().max(80).optional(),
    organizationId: OrganizationId,
  }),
  reply: Person,
  status: 201,
})
/** Switching a person off ends their sessions and closes their sockets within seconds. */
export const setPersonActive = endpoint({
  method: 'PATCH',
  path: '/api/admin/people/:userId',
  params: z.strictObject({ userId: UserId }),
  body: z.strictObject({ active: z.boolean() }),
  reply: Person,
})

export const AuditEvent = z.strictObject({
  sequence: z.number().int(),
  at: Instant,
  action: z.string(),
  outcome: z.enum(['success', 'refused', 'failure']),
  actorKind: z.enum(['user', 'guest', 'system', 'anonymous']),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  patientId: PatientId.nullable(),
  entityKind: z.string().nullable(),
  entityId: RecordId.nullable(),
  requestId: z.string().nullable(),
})
export type AuditEvent = z.infer<typeof AuditEvent>

export const searchAudit = endpoint({
  method: 'GET',
  path: '/api/admin/audit',
  query: z.strictObject({
    action: z.string().max(80).optional(),
    patientId: PatientId.optional(),
    actorId: UserId.optional(),
    from: z.coerce.number().int().optional(),
    to: z.coerce.number().int().optional(),
    before: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.strictObject({ events: z.array(AuditEvent), actions: z.array(z.string()) }),
})

/** `firstAltered` names the first row whose hash does not follow from its content and its predecessor. */
export const verifyAudit = endpoint({
  method: 'POST',
  path: '/api/admin/audit/verify',
  reply: z.strictObject({
    rows: z.number().int(),
    whole: z.boolean(),
    firstAltered: z.number().int().nullable(),
    ms: z.number(),
  }),
})

/** What a part of the service tells of itself; the screens have words for the codes. */
export const PartDetail = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('engine'), engine: z.enum(['sqlite', 'mysql']) }),
  z.strictObject({ code: z.literal('media'), workers: z.number().int(), rooms: z.number().int() }),
  z.strictObject({ code: z.literal('models'), models: z.number().int() }),
  z.strictObject({ code: z.enum(['no_answer', 'draining', 'no_worker']) }),
  /** The names of the models that cannot be used. */
  z.strictObject({ code: z.literal('unusable'), models: z.array(z.string()) }),
  /** Whatever else went wrong, in the words of the program that says it: English. */
  z.strictObject({ code: z.literal('failed'), text: z.string() }),
])
export type PartDetail = z.infer<typeof PartDetail>

export const readHealth = endpoint({
  method: 'GET',
  path: '/api/admin/health',
  reply: z.strictObject({
    version: z.string(),
    upSince: Instant,
    memoryMb: z.number(),
    parts: z.array(
      z.strictObject({
        name: z.string(),
        ok: z.boolean(),
        ms: z.number(),
        /** Null: nothing to tell. */
        detail: PartDetail.nullable(),
      }),
    ),
    consults: z.strictObject({ waiting: z.number().int(), live: z.number().int() }),
    media: z.strictObject({ workers: z.number().int(), rooms: z.number().int(), peers: z.number().int() }),
  }),
})
