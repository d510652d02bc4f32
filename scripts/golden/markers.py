"""Remakes server/imaging/pipeline/test/golden-markers.json: the markers that OpenCV finds in photographs made by us.

    /usr/bin/python3 scripts/golden/markers.py

Corners are OpenCV's sub-pixel ones, in pixels; the hash says which photograph they belong to.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2

ROOT = Path(__file__).parents[2]
TARGET = ROOT / 'server/imaging/pipeline/test/golden-markers.json'


def detect(grey):
    parameters = cv2.aruco.DetectorParameters_create()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    dictionary = cv2.aruco.Dictionary_get(cv2.aruco.DICT_4X4_50)
    corners, ids, _ = cv2.aruco.detectMarkers(grey, dictionary, parameters=parameters)
    found = zip([] if ids is None else ids.flatten().tolist(), corners)
    return sorted(
        ({'id': marker, 'corners': [round(float(n), 2) for n in at.flatten()]} for marker, at in found),
        key=lambda one: (one['id'], one['corners']),
    )


def main():
    scenes = {}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(['node', 'scripts/marker-scenes.ts', folder], cwd=ROOT, check=True)
        for file in sorted(Path(folder).glob('*.pgm')):
            grey = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
            scenes[file.stem] = {
                'hash': hashlib.sha256(grey.tobytes()).hexdigest()[:16],
                'markers': detect(grey),
            }
            if len(sys.argv) > 1:
                print(file.stem, [one['id'] for one in scenes[file.stem]['markers']])
    TARGET.write_text(json.dumps({'madeWith': f'OpenCV {cv2.__version__}', 'scenes': scenes}, indent=2) + '\n')
    print(f'{len(scenes)} photographs, {sum(len(one["markers"]) for one in scenes.values())} markers')


main()
