"""Remakes server/imaging/pipeline/kernels/marker/dictionary.ts from OpenCV's table of 4x4 markers.

    /usr/bin/python3 scripts/golden/marker-dictionary.py
"""

from pathlib import Path

import cv2

TARGET = Path(__file__).parents[2] / 'server/imaging/pipeline/kernels/marker/dictionary.ts'
HEAD = """/**
 * ArUco's dictionary 4x4_50: for each id its sixteen cells, row by row, the first one the highest bit, 1 for white.
 * Made by scripts/golden/marker-dictionary.py from OpenCV's.
 */
// prettier-ignore
export const dictionary: readonly number[] = [
"""


def code(dictionary, marker):
    bits = cv2.aruco.Dictionary_getBitsFromByteList(dictionary.bytesList[marker : marker + 1], 4)
    return int(''.join(map(str, bits.flatten())), 2)


def main():
    dictionary = cv2.aruco.Dictionary_get(cv2.aruco.DICT_4X4_50)
    codes = [f'0x{code(dictionary, marker):04x}' for marker in range(50)]
    rows = [f"  {', '.join(codes[at : at + 10])},\n" for at in range(0, 50, 10)]
    TARGET.write_text(f"{HEAD}{''.join(rows)}]\n")


main()
