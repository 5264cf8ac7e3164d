// The file of an export that an import reads.
export const recordName = 'record.json'
