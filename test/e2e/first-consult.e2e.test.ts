import assert from 'node:assert/strict'
import { openDemoClinic, zoneOfMorning } from '#test/support/demo-clinic.ts'
import type { DemoClinic } from '#test/support/demo-clinic.ts'
import { aDoctor, aPatientAtHome, aScheduler, nobodyComplains } from '#test/support/people.ts'
import type { Doctor, Patient, Scheduler } from '#test/support/people.ts'
import { aisha, keller, tellsOneStory } from '#test/support/story.ts'

for (const shape of ['embedded', 'spread'] as const) {
  const where = shape === 'embedded' ? 'on one machine' : 'with patient and doctor on different servers'
  describe(`the first consult, ${where}`, function () {
    this.timeout(120_000)
    let clinic: DemoClinic
    let scheduler: Scheduler
    let patient: Patient
    let doctor: Doctor
    let link: string
    let requested = 0

    before(async () => {
      clinic = await openDemoClinic(shape)
      await clinic.freesTheNextHour(keller.name)
      const zone = zoneOfMorning()
      scheduler = await aScheduler(clinic.url, { zone })
      patient = await aPatientAtHome({ zone, phone: true })
      doctor = await aDoctor(clinic.doctorsUrl, { zone })
    })
    tellsOneStory()
    after(async () => {
      for (const person of [scheduler, patient, doctor]) await person.leavesTheRoom()
      await clinic.close()
    })

    it('is booked by the scheduler, who copies the link for the patient', async () => {
      await scheduler.signsIn('scheduler@demo.bedside.example')
      await scheduler.page.waitForURL('**/schedule')
      link = await scheduler.books({ patient: aisha.name, doctor: keller.name, reason: 'Cough at night' })
      assert.match(link, /^http:\/\/localhost:\d+\/join\/[\w-]{43}$/)
    })

    it('lets the patient in from home after the birth date, consent and a device check', async () => {
      await patient.joins(link, aisha)
      await patient.reads('You are next')
      requested = await patient.cameraRequests()
    })

    it('shows the doctor who waits, and what the devices can do', async () => {
      await doctor.signsIn(keller.email)
      await doctor.page.waitForURL('**/clinic')
      await doctor.button(`Admit ${aisha.name}`).waitFor()
      await doctor.reads('Picture, sound and connection are fine')
    })

    it('begins when the doctor admits: both see and hear each other', async () => {
      await doctor.admits(aisha.name)
      await Promise.all([doctor.sees(aisha.name), patient.sees(keller.name)])
      await Promise.all([doctor.hears(aisha.name), patient.hears(keller.name)])
      await doctor.seesSharply(aisha.name)
      assert.equal(
        await patient.cameraRequests(),
        requested,
        'the camera of the check is the one of the call',
      )
    })

    it('has the record of the patient beside the video', async () => {
      for (const words of ['Allergies', /dust mite/i, 'Problems', /asthma/i, 'Medication', 'Vitals'])
        await doctor.reads(words)
    })

    it('carries a message to the other side', async () => {
      await patient.writes('It is worse after midnight')
      await doctor.button(/^Chat.*one unread/).click()
      await doctor.reads('It is worse after midnight')
    })

    it('comes back by itself after the line of the patient dropped', async () => {
      for (const { realtime } of clinic.houses)
        realtime.disconnectHere(({ actor }) => actor.role === 'patient')
      await doctor.seesReturn(aisha.name)
      await Promise.all([doctor.sees(aisha.name), patient.sees(keller.name)])
    })

    it('comes back by itself after the media process was killed', async () => {
      await clinic.killMediaWorkers()
      await Promise.all([doctor.sees(aisha.name, 30_000), patient.sees(keller.name, 30_000)])
      await doctor.hears(aisha.name)
    })

    it('gives both a picture, taken with consent, as it was and enhanced', async () => {
      await doctor.asksForPicture()
      await patient.allowsPicture(keller.name)
      await doctor.seesSnapshots()
      await patient.seesSnapshots()
    })

    it('is written down, signed, and followed by a next visit', async () => {
      await doctor.writesNote({
        Subjective: 'Cough at night for two weeks.',
        Objective: 'No fever. Speaks in full sentences.',
        Assessment: 'Asthma, not well controlled.',
        Plan: 'Inhaler twice a day, also when you feel well.',
      })
      await doctor.signsNote()
      await doctor.booksFollowUp()
    })

    it('ends for both, and the patient keeps what was agreed', async () => {
      await doctor.ends()
      await patient.reads('Thank you. Your visit is over.')
      await patient.reads('Inhaler twice a day, also when you feel well.')
      await patient.reads('Next visit')
    })

    it('has left a whole audit trail and no name in any log', async () => {
      const [house] = clinic.houses
      const report = await house?.audit.verify()
      assert.equal(report?.broken, null)
      const told = clinic.log.filter((line) => /Rahman|Cough|1989-06-21|Inhaler/.test(line))
      assert.deepEqual(told, [])
      nobodyComplains(scheduler, patient, doctor)
    })
  })
}
