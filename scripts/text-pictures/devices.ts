import type { Make } from './segments.ts'
import type { Item, Sheet } from './sheet.ts'

type Named = { name: string; group: string; sheet: Sheet }
type Display = { glass: string; ink: string; ghost?: string; make: Make }

const usual: Make = { stroke: 0.13, gap: 0.12, usual: true }
const bold: Make = { stroke: 0.18, gap: 0.08, usual: true }
const thin: Make = { stroke: 0.09, gap: 0.25, usual: true }
const closed: Make = { stroke: 0.14, gap: -0.3, usual: true }
const rare: Make = { stroke: 0.13, gap: 0.15, usual: false }

const lcd: Display = { glass: '#a9b8a2', ink: '#20261f', ghost: '#9fae98', make: usual }
const paleLcd: Display = { glass: '#c9cfca', ink: '#1c1f1d', make: closed }
const rareLcd: Display = { ...lcd, make: rare }
const boldLcd: Display = { ...paleLcd, make: bold }
const red: Display = { glass: '#160808', ink: '#ff3b30', make: usual }
const cyan: Display = { glass: '#06131a', ink: '#5ee7ff', ghost: '#0b2028', make: bold }
const white: Display = { glass: '#101418', ink: '#f4f8fb', make: rare }
const amber: Display = { glass: '#1a1206', ink: '#ffb020', make: thin }

/** Displays whose digits are made of seven bars. */
export function segmentDevices(): Named[] {
  return [
    thermometer('36.8', '°C', lcd, 6),
    thermometer('38.4', '°C', paleLcd, 0),
    thermometer('99.1', '°F', cyan, 8),
    thermometer('40.2', '°C', red, 4),
    pressure(['128', '84', '72'], lcd, 5),
    pressure(['157', '96', '88'], paleLcd, 0),
    pressure(['110', '70', '61'], white, 7),
    pressure(['182', '103', '119'], lcd, 0),
    oximeter(['97', '74'], red, 6),
    oximeter(['91', '105'], cyan, 0),
    oximeter(['88', '130'], amber, 5),
    scales('72.4', 'kg', lcd, 0),
    scales('164.8', 'lb', red, 6),
    scales('5.36', 'kg', paleLcd, 4),
    glucose('6.3', 'mmol/L', lcd, 0),
    glucose('142', 'mg/dL', paleLcd, 6),
    pressure(['116', '79', '67'], white, 5),
    scales('96.7', 'kg', rareLcd, 0),
    thermometer('37.5', '°C', boldLcd, 3),
    oximeter(['99', '69'], white, 8),
  ].map(({ name, sheet }, i) => ({
    name: `segments-${i + 1}-${name}`,
    group: 'device, seven segments',
    sheet,
  }))
}

/** Screens and apps that print their digits in a type face. */
export function screens(): Named[] {
  return [
    monitor(['98', '76', '120/80', '36.6']),
    monitor(['93', '112', '145/92', '38.1']),
    app('Blood pressure', ['SYS 134 mmHg', 'DIA 86 mmHg', 'PULSE 77 /min'], true),
    app('Oxygen', ['SpO2 96 %', 'PR 81 bpm', 'PI 4.2 %'], true),
    app('Weight', ['68.5 kg', 'BMI 23.1', 'Body fat 21.4 %'], false),
    app('Temperature', ['37.9 °C', 'Measured 07:42', 'Fever'], false),
    app('血压', ['收缩压 142 mmHg', '舒张压 91 mmHg', '脉搏 69 次/分'], true),
    app('血氧', ['血氧饱和度 95%', '脉率 88 次/分', '测量时间 08:15'], false),
    app('体温', ['37.2 ℃', '正常', '今天 06:30'], true),
    oled(['SpO2%', '94', 'PRbpm', '102']),
  ].map(({ name, sheet }, i) => ({ name: `screen-${i + 1}-${name}`, group: 'device, printed digits', sheet }))
}

type Part = { name: string; sheet: Sheet }

const digits = (
  text: string,
  x: number,
  y: number,
  size: number,
  { ink, ghost, make }: Display,
  slant: number,
): Item => ({
  text,
  x,
  y,
  size,
  colour: ink,
  segments: { slant, make, ...(ghost ? { ghost } : {}) },
})

const printed = (text: string, x: number, y: number, size: number, colour: string, weight = 400): Item => ({
  text,
  x,
  y,
  size,
  colour,
  weight,
  font: 'Liberation Sans',
})

const window = (x: number, y: number, width: number, height: number, { glass }: Display): string =>
  `<rect x="${x - 8}" y="${y - 8}" width="${width + 16}" height="${height + 16}" rx="22" fill="#00000033"/><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="16" fill="${glass}"/>`

function thermometer(value: string, unit: string, display: Display, slant: number): Part {
  return {
    name: 'thermometer',
    sheet: {
      width: 900,
      height: 360,
      paper: '#f3f5f6',
      ink: '#333333',
      under: window(230, 60, 520, 240, display),
      items: [
        digits(value, 290, 262, 160, display, slant),
        printed(unit, 640, 150, 54, display.ink, 700),
        printed('Digital', 40, 170, 40, '#56616b'),
        printed('START', 775, 190, 30, '#56616b', 700),
      ],
    },
  }
}

function pressure([sys = '', dia = '', pulse = '']: string[], display: Display, slant: number): Part {
  return {
    name: 'blood-pressure',
    sheet: {
      width: 760,
      height: 820,
      paper: '#e8ebee',
      ink: '#333333',
      under: window(220, 60, 480, 640, display),
      items: [
        printed('SYS', 60, 160, 46, '#28333d', 700),
        printed('mmHg', 60, 205, 30, '#28333d'),
        printed('DIA', 60, 390, 46, '#28333d', 700),
        printed('mmHg', 60, 435, 30, '#28333d'),
        printed('PULSE', 50, 590, 42, '#28333d', 700),
        printed('/min', 60, 635, 30, '#28333d'),
        printed('Upper Arm Monitor', 250, 770, 40, '#56616b'),
        digits(sys, sys.length > 2 ? 290 : 410, 270, 165, display, slant),
        digits(dia, dia.length > 2 ? 290 : 410, 485, 165, display, slant),
        digits(pulse, pulse.length > 2 ? 360 : 440, 660, 120, display, slant),
      ],
    },
  }
}

function oximeter([saturation = '', rate = '']: string[], display: Display, slant: number): Part {
  return {
    name: 'oximeter',
    sheet: {
      width: 800,
      height: 480,
      paper: '#dfe6ee',
      ink: '#333333',
      under: window(60, 60, 680, 340, display),
      items: [
        printed('%SpO2', 100, 120, 40, display.ink, 700),
        digits(saturation, 110, 340, 170, display, slant),
        printed('PRbpm', 450, 120, 40, display.ink, 700),
        digits(rate, rate.length > 2 ? 395 : 430, 340, rate.length > 2 ? 140 : 170, display, slant),
        printed('Pulse Oximeter', 270, 452, 36, '#56616b'),
      ],
    },
  }
}

function scales(value: string, unit: string, display: Display, slant: number): Part {
  return {
    name: 'scales',
    sheet: {
      width: 900,
      height: 600,
      paper: '#30343a',
      ink: '#d6dade',
      under: window(120, 80, 660, 280, display),
      items: [
        digits(value, 170, 320, 190, display, slant),
        printed(unit, 700, 316, 56, display.ink, 700),
        printed('MAX 180 kg', 120, 450, 36, '#d6dade'),
        printed('d = 0.1 kg', 590, 450, 36, '#d6dade'),
        printed('BODY SCALE', 330, 540, 44, '#d6dade', 700),
      ],
    },
  }
}

function glucose(value: string, unit: string, display: Display, slant: number): Part {
  return {
    name: 'glucose',
    sheet: {
      width: 620,
      height: 720,
      paper: '#22508a',
      ink: '#ffffff',
      under: window(80, 130, 460, 400, display),
      items: [
        printed('Blood Glucose', 150, 85, 48, '#ffffff', 700),
        digits('12:45', 110, 220, 54, display, slant),
        digits(value, 130, 440, 180, display, slant),
        printed(unit, 340, 505, 44, display.ink, 700),
        printed('MEM', 120, 640, 40, '#ffffff'),
        printed('SET', 410, 640, 40, '#ffffff'),
      ],
    },
  }
}

function monitor([saturation = '', rate = '', pressure = '', temperature = '']: string[]): Part {
  return {
    name: 'monitor',
    sheet: {
      width: 1000,
      height: 640,
      paper: '#05080c',
      ink: '#ffffff',
      under: '<path d="M30 140h90l20-80 30 160 24-80h420" stroke="#39e75f" stroke-width="4" fill="none"/>',
      items: [
        printed('HR', 690, 70, 36, '#39e75f', 700),
        printed(rate, 700, 180, 120, '#39e75f', 700),
        printed('SpO2', 690, 270, 36, '#37c6ff', 700),
        printed(saturation, 700, 380, 120, '#37c6ff', 700),
        printed('NIBP mmHg', 60, 400, 36, '#ffffff'),
        printed(pressure, 60, 510, 100, '#ffffff', 700),
        printed('TEMP °C', 690, 470, 36, '#ffd23f'),
        printed(temperature, 690, 580, 100, '#ffd23f', 700),
      ],
    },
  }
}

function app(title: string, rows: string[], dark: boolean): Part {
  const ink = dark ? '#f2f5f8' : '#16202a'
  const chinese = /\p{Script=Han}/u.test(title)
  const font = chinese ? 'Noto Sans CJK SC' : 'Inter'
  return {
    name: chinese ? 'app-zh' : 'app',
    sheet: {
      width: 640,
      height: 620,
      paper: dark ? '#12181f' : '#f7f9fb',
      ink,
      under: `<rect x="30" y="150" width="580" height="430" rx="24" fill="${dark ? '#1d2731' : '#ffffff'}"/>`,
      items: [
        { text: title, x: 50, y: 100, size: 56, font, weight: 700 },
        ...rows.map((text, i) => ({
          text,
          x: 70,
          y: 250 + i * 120,
          size: i === 0 ? 60 : 46,
          font,
          weight: i === 0 ? 700 : 400,
          colour: i === 0 ? ink : dark ? '#b9c6d2' : '#4b5a68',
        })),
      ],
    },
  }
}

function oled([above = '', saturation = '', beside = '', rate = '']: string[]): Part {
  return {
    name: 'oximeter',
    sheet: {
      width: 720,
      height: 420,
      paper: '#0a0a0c',
      ink: '#ffffff',
      items: [
        printed(above, 60, 90, 44, '#ffe14d'),
        printed(saturation, 60, 300, 210, '#ffffff', 700),
        printed(beside, 420, 90, 44, '#ffe14d'),
        printed(rate, 400, 290, 150, '#53e0ff', 700),
      ],
    },
  }
}
