declare module 'dcmjs' {
  type Tags = Record<string, unknown>
  const dcmjs: {
    data: {
      DicomMetaDictionary: { denaturalizeDataset(named: Record<string, unknown>): Tags }
      DicomDict: new (meta: Tags) => {
        dict: Tags
        write(options: { fragmentMultiframe: boolean }): ArrayBuffer
      }
    }
    log: { setLevel(level: 'silent'): void }
  }
  export default dcmjs
}
