"""Remakes server/imaging/pipeline/test/golden.json: what OpenCV makes of the golden pictures, as hashes.

Run by hand, with Debian 12's python3-opencv (4.6.0), from the root of the tree:

    apt-get install python3-opencv
    /usr/bin/python3 scripts/golden/make.py

Where OpenCV has no such function, the formula in numpy's float64 stands in for it (gamma, window/level, white
balance, SSIM); cases.py says which. The tests need neither Python nor OpenCV.
"""

import hashlib
import json
import sys
from pathlib import Path

import cv2
import numpy as np

sys.dont_write_bytecode = True

from cases import hashed, measured
from pictures import pictures

TARGET = Path(__file__).parents[2] / 'server/imaging/pipeline/test/golden.json'


def digest(array):
    """First 16 digits of the SHA-256 of the samples, row by row, little-endian."""
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()[:16]


def main():
    made = list(pictures())
    golden = {
        'madeWith': f'OpenCV {cv2.__version__}, numpy {np.__version__}',
        'pictures': {name: f'{digest(grey)} {digest(rgb)}' for name, grey, rgb in made},
        'hashes': {
            key: ' '.join(digest(case(grey, rgb)) for _, grey, rgb in made) for key, case in hashed().items()
        },
        'numbers': {
            key: ' '.join(','.join(repr(float(n)) for n in case(grey, rgb)) for _, grey, rgb in made)
            for key, case in measured().items()
        },
    }
    # Two-space JSON with one setting a line is also how prettier writes it.
    TARGET.write_text(json.dumps(golden, indent=2) + '\n')
    print(f'{len(made)} pictures, {len(golden["hashes"])} hashed and {len(golden["numbers"])} measured settings')


main()
