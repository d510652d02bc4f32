/**
 * Mends what the recogniser often gets wrong and what can mean only one thing: an o among digits is a zero, a zero in
 * SpO2 an O, and a degree is written once. Nothing else: which of 1, l and I is meant, nobody can tell from the text.
 */
export function mended(text: string): string {
  return text
    .replaceAll(/(?<![\p{L}\d])\d[\doO]*[oO][\doO]*(?![\p{L}\d])/gu, (number) =>
      number.replaceAll(/[oO]/g, '0'),
    )
    .replaceAll(/sp0(?=2(?!\d))/gi, (name) => `${name.slice(0, 2)}O`)
    .replaceAll(/[°*º]\s?℃/g, '℃')
}
