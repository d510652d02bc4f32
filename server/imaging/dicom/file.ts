import type { Dataset } from './dataset.ts'

const jpegBaseline = '1.2.840.10008.1.2.4.50'
/** Of what has no pixels. */
const explicitLittleEndian = '1.2.840.10008.1.2.1'
/** This program, as a UUID made once. */
const implementation = '2.25.191763048421659201532497186503128497731'

/** Writes a DICOM file (PS3.10); a JPEG in it as one fragment. */
export async function writeDicomFile(dataset: Dataset): Promise<Buffer> {
  // Loaded when first needed: few clinics export, and all would pay 20 MB of memory.
  const { default: dcmjs } = await import('dcmjs')
  const { DicomDict, DicomMetaDictionary } = dcmjs.data
  // Its warnings show the values that it warns of.
  dcmjs.log.setLevel('silent')
  const file = new DicomDict(
    DicomMetaDictionary.denaturalizeDataset({
      FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
      MediaStorageSOPClassUID: dataset.SOPClassUID,
      MediaStorageSOPInstanceUID: dataset.SOPInstanceUID,
      TransferSyntaxUID: 'PixelData' in dataset ? jpegBaseline : explicitLittleEndian,
      ImplementationClassUID: implementation,
      ImplementationVersionName: 'BEDSIDE_1',
    }),
  )
  file.dict = DicomMetaDictionary.denaturalizeDataset(dataset)
  return Buffer.from(file.write({ fragmentMultiframe: false }))
}
