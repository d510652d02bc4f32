import { Platform1700000000001 } from './0001-platform.ts'
import { Identity1700000000002 } from './0002-identity.ts'
import { Scheduling1700000000003 } from './0003-scheduling.ts'
import { Records1700000000004 } from './0004-records.ts'
import { Consult1700000000005 } from './0005-consult.ts'
import { Imaging1700000000006 } from './0006-imaging.ts'
import { Enhancements1700000000007 } from './0007-enhancements.ts'
import { Annotation1700000000008 } from './0008-annotation.ts'
import { Capture1700000000009 } from './0009-capture.ts'
import { PictureExport1700000000010 } from './0010-picture-export.ts'
import { RecognitionSwitch1700000000011 } from './0011-recognition-switch.ts'
import { Content1700000000012 } from './0012-content.ts'
import { BodySite1700000000013 } from './0013-body-site.ts'
import { DerivedFrom1700000000014 } from './0014-derived-from.ts'
import { RequestExpiry1700000000015 } from './0015-request-expiry.ts'
import { BlobKeyIndex1700000000016 } from './0016-blob-key-index.ts'
import { ShownPicture1700000000017 } from './0017-shown-picture.ts'
import { AuditOrganizations1700000000018 } from './0018-audit-organizations.ts'

/** Every migration in its order. A migration that has been released is never changed: add the next one. */
export const migrations = [
  Platform1700000000001,
  Identity1700000000002,
  Scheduling1700000000003,
  Records1700000000004,
  Consult1700000000005,
  Imaging1700000000006,
  Enhancements1700000000007,
  Annotation1700000000008,
  Capture1700000000009,
  PictureExport1700000000010,
  RecognitionSwitch1700000000011,
  Content1700000000012,
  BodySite1700000000013,
  DerivedFrom1700000000014,
  RequestExpiry1700000000015,
  BlobKeyIndex1700000000016,
  ShownPicture1700000000017,
  AuditOrganizations1700000000018,
]
